/**
 * What publishers call the same body, person or act, so that headlines on one happening can be compared. Knowledge of the world,
 * not of any one event. Names are written as one word; two words say two things (a body and its organisation).
 */

/** Names and what they are also written as, in lower case; the longest that fits counts. */
export const NAMES: Readonly<Record<string, string>> = {
  ai: 'artificial intelligence, a.i',
  gpai: 'general-purpose ai, general purpose ai, general-purpose artificial intelligence',
  aiact: 'ai act, artificial intelligence act',
  aisi: 'ai safety institute, ai safety institutes',
  'aisi security': 'ai security institute',
  caisi: 'center for ai standards and innovation',
  'un assembly': 'general assembly, un general assembly, united nations general assembly, unga',
  'un securitycouncil': 'security council, un security council, united nations security council, unsc',
  'un unchief':
    'secretary-general, un secretary-general, un chief, un boss, guterres, antónio guterres, antonio guterres',
  un: 'united nations, u.n',
  itu: 'international telecommunication union',
  usa: 'united states, u.s, u.s.a, america, american, americans, washington',
  uk: 'united kingdom, great britain, britain, british, u.k',
  china: 'chinese, beijing',
  russia: 'russian, moscow, kremlin',
  india: 'indian',
  delhi: 'new delhi',
  eu: 'european union, brussels, e.u',
  'eu commission': 'european commission',
  'eu parliament': 'european parliament, mep, meps',
  aioffice: 'ai office',
  edpb: 'european data protection board',
  edps: 'european data protection supervisor',
  coe: 'council of europe',
  trump: 'white house, president trump, donald trump, president donald trump, trump administration',
  doj: 'department of justice, justice department',
  pentagon: `department of war, department of defense, department of defence, defense department, war department, dod,
    hegseth, pete hegseth`,
  commerce: 'department of commerce, commerce department, bureau of industry and security',
  ftc: 'federal trade commission',
  gsa: 'general services administration',
  omb: 'office of management and budget',
  nist: 'national institute of standards and technology',
  newyork: 'new york',
  'california governor':
    'newsom, gavin newsom, governor newsom, gov newsom, california governor, governor of california',
  'newyork governor': 'hochul, kathy hochul, governor hochul, gov hochul, new york governor, governor of new york',
  'texas governor': 'greg abbott, governor abbott, gov abbott, texas governor, governor of texas',
  'colorado governor': 'jared polis, governor polis, gov polis, colorado governor, governor of colorado',
  governor: 'gov',
  california: 'californian',
  executiveorder: 'executive order, executive orders, eo, eos',
  codeofpractice: 'code of practice, codes of practice',
  actionplan: 'action plan',
  omnibus: 'digital omnibus',
  taskforce: 'task force, task-force',
  datacenter: 'data center, data centers, data centre, data centres',
  highrisk: 'high risk, high-risk',
  openweight: 'open source, open-source, open weight, open weights, open-weight',
};

/** Words that headline writers use for one another. */
export const SAME_WORDS: Readonly<Record<string, string>> = {
  sign: 'signs signed signing signature signatures',
  veto: 'vetoes vetoed',
  adopt: `adopts adopted adopting adoption approve approves approved approval approving pass passes passed passage back backs backed
    endorse endorses endorsed endorsement greenlight greenlights clear clears cleared agree agrees agreed vote votes voted voting
    appoint appoints appointed`,
  publish: `publishes published publication issue issues issued release releases released unveil unveils unveiled reveal reveals
    revealed launch launches launched launching announce announces announced announcement introduce introduces introduced present
    presents presented create creates created establish establishes established establishing form forms formed open opens opened`,
  propose: 'proposes proposed proposal proposals proposing draft drafts drafted',
  probe:
    'probes probed probing investigation investigations investigate investigates investigated investigating inquiry inquiries',
  sue: 'sues sued suing lawsuit lawsuits suit',
  block: `blocks blocked blocking injunction injunctions halt halts halted enjoin enjoins enjoined suspend suspends suspended pause
    pauses paused`,
  delay: 'delays delayed delaying postpone postpones postponed postponement',
  refuse: `refuses refused refusing refusal decline declines declined reject rejects rejected rejection snub snubs snubbed oppose
    opposes opposed opposition objection objections object objects objected`,
  urge: 'urges urged urging call calls called calling demand demands demanded want wants',
  deal: 'deals pact pacts agreement agreements mou mous partnership partnerships contract contracts accord accords',
  cut: 'cuts layoff layoffs gutted fire fires firing firings slash slashes slashed',
  challenge: 'challenges challenged challenging',
  rule: 'rules regulation regulations regulate regulates regulating regulatory rulebook',
  law: 'laws legislation statute statutes bill bills',
  guideline: 'guidelines guidance guidances',
  chip: 'chips semiconductor semiconductors gpu gpus',
  defense: 'defence military warfare',
  preempt: 'preempts preempted preemption preempting pre-empt pre-emption override overrides',
  company: 'companies firm firms',
  country: 'countries nation nations',
  child: 'children kids minors',
  warn: 'warns warned warning warnings',
  meeting: 'meetings convening convenes convene meets',
};

/** Words that say nothing of what an item is about. */
export const STOP_WORDS: ReadonlySet<string> = new Set(
  `a an and are as at be been but by for from has have he her his how in into is it its more new not of on or our over says said
  she so than that the their them then they this to under up was we were what when which who why will with would after about against
  also could first may must one two three while all can out no off via per through between amid among before during such other
  these those only both some most next year today yesterday just still yet your you here there where whether because`.split(
    /\s+/,
  ),
);
