/** Pages that come in place of the one that was asked for: checks for a browser, refusals, logins, consent, outages. */

/** How much of a page is looked at: what gives such a page away stands near its start, and they are small. */
const LOOKED_AT = 60_000;

/**
 * Signs that occur on such a page and on no other. A normal page behind Cloudflare loads a script from
 * `/cdn-cgi/challenge-platform/` too, so that this path alone says nothing.
 */
const SIGNS: readonly (readonly [sign: RegExp, name: string])[] = [
  [/_cf_chl_opt|cf-browser-verification|id="challenge-form"|cf_chl_/i, 'a browser check (Cloudflare)'],
  [/cf-error-details|Attention Required! \| Cloudflare/i, 'a refusal (Cloudflare)'],
  [
    /errors\.edgesuite\.net|<h1>Access Denied<\/h1>[\s\S]{0,2000}Reference\s*(?:&#32;)?(?:&#35;|#)/i,
    'a refusal (Akamai)',
  ],
  [/sec-if-cpt-container|\/_sec\/cp_challenge\/|bm-verify=/i, 'a browser check (Akamai)'],
  [/_Incapsula_Resource|Incapsula incident ID/i, 'a browser check (Imperva)'],
  [/AwsWafIntegration|awsWafCookieDomainList|gokuProps/i, 'a browser check (AWS)'],
  [/captcha-delivery\.com|geo\.captcha-delivery/i, 'a CAPTCHA (DataDome)'],
  [/id="px-captcha"|_pxAppId/i, 'a CAPTCHA (PerimeterX)'],
  [/The requested URL was rejected\. Please consult with your administrator/i, 'a refusal (F5)'],
  [/sucuri_cloudproxy|Sucuri WebSite Firewall/i, 'a refusal (Sucuri)'],
  [/Making sure you(?:&#39;|'|’)re not a bot/i, 'a browser check (Anubis)'],
  [/name="SAMLRequest"|id="kc-form-login"|id="i0116"/i, 'a login page'],
];

/** What such pages have for a title: all of it, or all before the name of the site. */
const TITLES: readonly (readonly [title: RegExp, name: string])[] = [
  [
    /^(?:just a moment|checking your browser|one moment,? please|please wait|ddos.guard|vercel security checkpoint)/i,
    'a browser check',
  ],
  [
    /\bbrowser check\b|^(?:verify(?:ing)? you are human|human verification|security (?:check|verification)\b)/i,
    'a browser check',
  ],
  [/\bcaptcha\b|^are you (?:a )?(?:human|robot)|^robot check\b/i, 'a CAPTCHA'],
  [
    /^(?:access (?:to this page has been )?denied|(?:error )?403\b.*|(?:403 )?forbidden|request (?:rejected|blocked|unsuccessful)|blocked)$/i,
    'a refusal',
  ],
  [
    /^(?:(?:please )?(?:log|sign)[ -]?(?:in|on)(?: to .*)?|login(?: page)?|single sign.on|authentication required|anmelden|se connecter|ログイン|로그인)$/i,
    'a login page',
  ],
  [
    /^(?:before you continue(?: to .*)?|cookie (?:consent|settings)|we value your privacy|consent required)$/i,
    'a request for consent',
  ],
  [
    /\b(?:under|scheduled|site|system) maintenance$|^maintenance(?: mode| page)?$|^we(?:'|’)ll be (?:right )?back|^be right back|^temporarily (?:unavailable|down)|メンテナンス中|점검/i,
    'a notice of maintenance',
  ],
  [
    /^(?:error )?(?:404|50[0234])(?:$| (?:error|(?:page )?not found|(?:internal )?server|service|bad|gateway))|^(?:page )?not found$|^(?:internal )?server error$|^service (?:temporarily )?unavailable$|^bad gateway$|^something went wrong|^an error (?:has )?occurred|^oops\b|^page introuvable$|^seite nicht gefunden$/i,
    'an error page',
  ],
];

/** Where logins and requests for consent live, to tell them from the address that a redirect led to. */
const LOGIN_PLACE =
  /^(?:login|signin|sso|auth|idp|accounts?)\.|\/(?:login|log-in|signin|sign-in|sso|oauth2?|saml2?|auth(?:enticate|orize)?)(?:\/|\.|\?|$)|^login\.microsoftonline\.com/i;
const CONSENT_PLACE = /^consent\.|\/(?:consent|cookie-?wall)(?:\/|\.|\?|$)/i;

/** In words, what a page is in place of the one asked for; undefined for a page that may be the one. */
export function standInPage(html: string): string | undefined {
  const start = html.slice(0, LOOKED_AT);
  const sign = SIGNS.find(([pattern]) => pattern.test(start));
  if (sign) return sign[1];
  const title = /<title[^>]*>([^<]{0,300})/i.exec(start)?.[1]?.replace(/\s+/g, ' ').trim() ?? '';
  const name = title.split(/\s[|–—·:-]+\s|[.…!]+$/, 1)[0] ?? '';
  return TITLES.find(([pattern]) => pattern.test(title) || pattern.test(name))?.[1];
}

/** In words, what a redirect led to in place of the page asked for; undefined where it led to no such place. */
export function standInPlace(asked: string, answered: string): string | undefined {
  const [from, to] = [placeOf(asked), placeOf(answered)];
  if (LOGIN_PLACE.test(to) && !LOGIN_PLACE.test(from)) return 'a login page';
  if (CONSENT_PLACE.test(to) && !CONSENT_PLACE.test(from)) return 'a request for consent';
  return undefined;
}

/** What a page without any of its entries may be, by signs that normal pages show as well; undefined for no idea. */
export function likelyStandIn(html: string): string | undefined {
  if (/<input[^>]{0,200}type\s*=\s*["']?password/i.test(html)) return 'a login page';
  if (/(?:g-recaptcha|h-captcha|cf-turnstile)/i.test(html)) return 'a CAPTCHA';
  if (/enable javascript|javascript is (?:required|disabled)|requires javascript/i.test(html)) {
    return 'a page that shows its list to browsers with JavaScript only';
  }
  if (/(?:accept|allow) all cookies|cookie consent/i.test(html)) return 'a request for consent';
  return undefined;
}

function placeOf(url: string): string {
  const address = URL.parse(url);
  return address === null ? '' : `${address.hostname}${address.pathname}${address.search}`;
}
