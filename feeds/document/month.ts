/** Month names as feeds write them, without accents and in lower case: English and eleven other European languages. */
const NAMES: readonly string[] = [
  'jan januar januari january janvier enero ene gennaio gen janeiro styczen stycznia sty jaen janv leden ledna sijecnja',
  'feb februar februari february fevrier fevr fev febrero febbraio fevereiro lutego luty lut unora',
  'mar mars marz marts march maart mrt marzo marco marca marzec maerz mrz brezna',
  'apr april avril avr abril abr aprile kwietnia kwi dubna',
  'may mai maj mei mayo maggio mag maio maja kvetna',
  'jun juni june juin junio giugno giu junho czerwca cze cervna',
  'jul juli july juillet juil julio luglio lug julho lipca lip cervence',
  'aug august augustus aout agosto ago augusti sierpnia sie srpna',
  'sep sept september septembre septiembre settembre set setembro wrzesnia wrz zari',
  'oct october octobre oktober okt octubre ottobre ott outubro out pazdziernika paz rijna',
  'nov november novembre noviembre novembro listopada lis',
  'dec december decembre dezember dez diciembre dic dicembre dezembro desember des grudnia gru prosince',
];

const NUMBERS = new Map(NAMES.flatMap((names, index) => names.split(' ').map((name) => [name, index + 1])));

/** 1 to 12; undefined for a word that names no month. */
export function monthNumber(name: string): number | undefined {
  return NUMBERS.get(name.toLowerCase());
}
