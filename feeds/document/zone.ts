/** Offsets in minutes east of UTC of the zone names that feeds use; where a name is ambiguous, the reading of RFC 822 wins. */
const OFFSETS = new Map(
  Object.entries({
    ...{ ut: 0, utc: 0, gmt: 0, z: 0, wet: 0, west: 60, bst: 60, cet: 60, mez: 60, met: 60, cest: 120, mesz: 120 },
    ...{ mest: 120, sast: 120, eet: 120, eest: 180, msk: 180, trt: 180, pkt: 300, ist: 330, hkt: 480, sgt: 480 },
    ...{ awst: 480, jst: 540, kst: 540, acst: 570, aest: 600, aedt: 660, nzst: 720, nzdt: 780, nst: -210, ndt: -150 },
    ...{ at: -240, ast: -240, adt: -180, et: -300, est: -300, edt: -240, ct: -360, cst: -360, cdt: -300, mt: -420 },
    ...{ mst: -420, mdt: -360, pt: -480, pst: -480, pdt: -420, akst: -540, akdt: -480, hst: -600 },
  }),
);

/** Minutes east of UTC; 0 where none is given or the name is unknown, undefined where the text is no zone at all. */
export function zoneOffset(zone: string | undefined): number | undefined {
  if (zone === undefined || zone === '') return 0;
  const text = zone.toLowerCase().replace(/[()]/g, '').trim();
  const numeric = /^(?:gmt|utc|ut)?\s*:?-?([+-])(\d{1,2}):?(\d{2})?(?::00)?$/.exec(text);
  if (numeric !== null) {
    const minutes = Number(numeric[2]) * 60 + Number(numeric[3] ?? 0);
    return numeric[1] === '-' ? -minutes : minutes;
  }
  return OFFSETS.get(text) ?? (/^[a-z]{1,5}$/.test(text) ? 0 : undefined);
}

/** Minutes east of UTC of a place such as `Europe/Brussels` at its own wall time; undefined where nobody knows the place. */
export function offsetInPlace(place: string, wallTime: number): number | undefined {
  try {
    const written = new Intl.DateTimeFormat('en', { timeZone: place, timeZoneName: 'longOffset' })
      .formatToParts(new Date(wallTime))
      .find(({ type }) => type === 'timeZoneName')?.value;
    return zoneOffset(written);
  } catch {
    return undefined;
  }
}
