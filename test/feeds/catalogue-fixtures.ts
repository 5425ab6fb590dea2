/** For each source of the catalogue, a document written after its shape; the mirror of test/feeds/mirror.ts serves them. */

const WORDPRESS = [
  ...['itu-ai-for-good', 'itu-hub', 'unidir', 'unoda-emerging-tech', 'ai-act-explorer', 'us-whitehouse-ostp'],
  ...['us-whitehouse-news', 'cset', 'future-of-life', 'oecd-ai-wonk'],
];
const DRUPAL = ['un-ohchr', 'un-unesco', 'eu-digital-strategy', 'cnil-en', 'us-ntia', 'us-ftc-press'];
const FEDERAL_REGISTER = [
  ...['us-fr-executive-orders', 'us-fr-presidential-documents', 'us-fr-ai', 'us-fr-nist-ai'],
  ...['us-fr-bis', 'us-fr-ostp', 'us-fr-omb'],
];

/** Fixtures below test/fixtures/feeds, with the sources that have their shape. */
const SHAPES: Readonly<Record<string, readonly string[]>> = {
  'un-press.xml': ['un-press-all'],
  'shapes/un-news.xml': ['un-news-all', 'un-news-peace-security'],
  'shapes/invenio.xml': ['un-digital-library-ai'],
  'shapes/wordpress.xml': WORDPRESS,
  'shapes/drupal.xml': DRUPAL,
  'shapes/presscorner.xml': ['eu-presscorner'],
  'shapes/eurlex.xml': ['eurlex-oj-l', 'eurlex-ep-council', 'eurlex-commission-proposals'],
  'shapes/europarl.xml': ['ep-press', 'ep-committee-imco', 'ep-committee-libe'],
  'shapes/edps.xml': ['edpb-news', 'edpb-publications', 'edps-news'],
  'shapes/consilium.xml': ['eu-council-press'],
  'shapes/substack.xml': ['eu-ai-act-newsletter', 'transformer', 'import-ai', 'cais-newsletter'],
  'shapes/bnetza.xml': ['bnetza-press'],
  'whitehouse.xml': ['us-whitehouse-actions', 'us-whitehouse-eo'],
  'federal-register.json': FEDERAL_REGISTER,
  'public-inspection.json': ['us-fr-public-inspection'],
  'shapes/federal-register.xml': ['us-fr-ai-rss'],
  'nist.xml': ['us-nist-news', 'us-nist-ai-topic'],
  'shapes/dod.xml': ['us-dod-releases'],
  'govuk-organisation.atom': ['uk-aisi-govuk-atom'],
  'shapes/govuk-finder.atom': ['uk-aisi-govuk-search', 'uk-dsit-ai', 'uk-govuk-ai-papers'],
  'govuk-search.json': ['uk-aisi-govuk-json'],
  'shapes/digital-agency.xml': ['jp-digital-agency'],
  'soumu.rdf': ['jp-soumu'],
  'canada-news.atom': ['ca-ised'],
  'shapes/pib.xml': ['in-pib'],
  // Nothing is known of these beyond that they are ordinary RSS.
  'shapes/plain.xml': ['tech-policy-press', 'lawfare', 'chatham-house', 'iapp-dashboard'],
  'cellar.json': ['eu-cellar-sparql'],
  'europarl-procedure.json': ['ep-open-data-ai-act'],
  'aisi-sitemap.xml': ['uk-aisi-sitemap'],
  'pages/un-scientific-panel.html': ['un-ai-scientific-panel'],
  'pages/un-global-dialogue.html': ['un-global-dialogue-ai'],
  'pages/un-odet.html': ['un-odet'],
  'pages/eu-ai-office.html': ['eu-ai-office-page'],
  'pages/dpc.html': ['dpc-ie'],
  'pages/bis.html': ['us-bis-news'],
  'pages/commerce.html': ['us-commerce-press'],
  'pages/aisi-blog.html': ['uk-aisi-blog'],
  'pages/nist-caisi.html': ['us-caisi'],
  'pages/jp-aisi.html': ['jp-aisi'],
  'pages/imda.html': ['sg-imda'],
  'pages/msit.html': ['kr-msit'],
  'pages/ai-safety-report.html': ['int-ai-safety-report'],
  'pages/iaps.html': ['iaps'],
};

/** The fixture of each source, by the source's id. */
export const CATALOGUE_FIXTURES: ReadonlyMap<string, string> = new Map(
  Object.entries(SHAPES).flatMap(([name, ids]) => ids.map((id) => [id, name] as const)),
);
