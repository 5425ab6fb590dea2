/** Month names as feeds write them, without accents and in lower case: English and thirteen other European languages. */
const NAMES: readonly string[] = [
  'jan januar januari january janvier enero ene gennaio gen janeiro styczen stycznia sty jaen janv leden ledna sijecnja ιαν ιανουαριου',
  'feb februar februari february fevrier fevr fev febrero febbraio fevereiro lutego luty lut unora φεβ φεβρουαριου',
  'mar mars marz marts march maart mrt marzo marco marca marzec maerz mrz brezna μαρ μαρτ μαρτιου marcius',
  'apr april avril avr abril abr aprile kwietnia kwi dubna απρ απριλιου aprilis',
  'may mai maj mei mayo maggio mag maio maja kvetna μαι μαιου majus',
  'jun juni june juin junio giugno giu junho czerwca cze cervna ιουν ιουνιου junius',
  'jul juli july juillet juil julio luglio lug julho lipca lip cervence ιουλ ιουλιου julius',
  'aug august augustus aout agosto ago augusti sierpnia sie srpna αυγ αυγουστου augusztus',
  'sep sept september septembre septiembre settembre set setembro wrzesnia wrz zari σεπ σεπτ σεπτεμβριου szeptember',
  'oct october octobre oktober okt octubre ottobre ott outubro out pazdziernika paz rijna οκτ οκτωβριου',
  'nov november novembre noviembre novembro listopada lis νοε νοεμβριου',
  'dec december decembre dezember dez diciembre dic dicembre dezembro desember des grudnia gru prosince δεκ δεκεμβριου',
];

const NUMBERS = new Map(NAMES.flatMap((names, index) => names.split(' ').map((name) => [name, index + 1])));

/** 1 to 12; undefined for a word that names no month. */
export function monthNumber(name: string): number | undefined {
  return NUMBERS.get(name.toLowerCase());
}
