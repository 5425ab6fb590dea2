import { describe, expect, it } from 'vitest';
import { registrableDomain } from '../../src/registrable-domain.ts';

describe('the domain that one owner holds', () => {
  it.each([
    ['www.nist.gov', 'nist.gov'],
    ['ec.europa.eu', 'europa.eu'],
    ['digital-strategy.ec.europa.eu', 'europa.eu'],
    ['www.gov.uk', 'www.gov.uk'],
    ['www.aisi.gov.uk', 'aisi.gov.uk'],
    ['committees.parliament.uk', 'parliament.uk'],
    ['www.soumu.go.jp', 'soumu.go.jp'],
    ['www.msit.go.kr', 'msit.go.kr'],
    ['www.imda.gov.sg', 'imda.gov.sg'],
    ['www.canada.ca', 'canada.ca'],
    ['ised-isde.canada.ca', 'canada.ca'],
    ['www.tbs-sct.gc.ca', 'tbs-sct.gc.ca'],
    ['pib.gov.in', 'pib.gov.in'],
    ['www.economie.gouv.fr', 'economie.gouv.fr'],
    ['news.un.org', 'un.org'],
    ['importai.substack.com', 'substack.com'],
    ['someone.github.io', 'github.io'],
    ['www.tweakers.net', 'tweakers.net'],
    ['sos.ca.us', 'sos.ca.us'],
    ['WWW.NIST.GOV.', 'nist.gov'],
    ['nist.gov', 'nist.gov'],
    ['gov.uk', 'gov.uk'],
    ['localhost', 'localhost'],
    ['127.0.0.1', '127.0.0.1'],
    ['[2606:4700::1111]', '2606:4700::1111'],
  ])('of %s is %s', (host, domain) => {
    expect(registrableDomain(host)).toBe(domain);
  });
});
