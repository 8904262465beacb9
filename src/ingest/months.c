/* months: beginnings of the names; the longest that fits decides. */
#include "ingest/months.h"

#include <string.h>

/* Bytes that a word may go on behind the beginning of a name; scripts of two or three bytes a letter take more. */
enum { ENDING = 10, LONG_ENDING = 26 };

/* Folded, a comma between two. Names that mean another month in a neighbour's language are left out ("listopad" is
   November in Polish and Czech, October in Croatian). */
static const char *const months[12] = {
    "jan,jän,jaan,janv,ene,gen,stycz,led,ian,січ,янв,јан,студз,ocak,tammi,siječ,saus,xan,urtar,ιαν,ינואר,يناير,جانفي,"
    "كانون الثاني,ژانویه,جنوری,जन,জানু,ஜன,ม.ค,มกรา,იან",
    "feb,fév,fev,veeb,ún,únor,lut,лют,фев,феб,фебр,şubat,helmi,velj,vasar,pebr,ots,shk,φεβ,פברואר,فبراير,فيفري,شباط,"
    "فوریه,فروری,फर,फ़र,ফেব,பிப்,ก.พ,กุมภา,თებ",
    "mar,mär,maer,már,mrt,mac,břez,берез,мар,сакав,maalis,ožuj,kov,μαρ,μάρ,מרץ,מרס,مارس,آذار,اذار,مارچ,मार्च,মার্চ,"
    "மார்,มี.ค,มีนา,მარ",
    "apr,avr,abr,ápr,kwie,dub,квіт,апр,красав,nisan,huhti,trav,balan,pri,απρ,אפריל,أبريل,ابريل,إبريل,أفريل,نيسان,آوریل,"
    "اپریل,अप्रै,এপ্র,ஏப்,เม.ย,เมษา,აპრ",
    "may,mai,maj,mag,mei,maio,maí,máj,květ,мая,май,мај,трав,mayıs,touko,svib,geguž,μαϊ,μαΐ,μάι,מאי,مايو,ماي,أيار,"
    "ايار,مئی,मई,মে,மே,พ.ค,พฤษภา,მაი",
    "jun,juin,jún,jūn,giu,iun,czerw,červen,červn,червен,черв,июн,јун,юни,чэрв,haziran,kesä,lipnj,lipanj,birž,xuñ,huny,"
    "qersh,ekain,ιουν,ιούν,יוני,يونيو,جوان,حزيران,ژوئن,جون,जून,জুন,ஜூன்,มิ.ย,มิถุนา,ივნ",
    "jul,juil,júl,jūl,lug,iul,lip,červenc,лип,июл,јул,юли,ліп,temmuz,heinä,srpnj,srpanj,liep,xul,huly,korr,uzta,ιουλ,"
    "ιούλ,יולי,يوليو,يوليوز,جويلية,تموز,ژوئیه,جولای,جولائی,जुला,জুলা,ஜூலை,ก.ค,กรกฎา,ივლ",
    "aug,agu,ago,août,aout,avg,ágú,augusti,elok,sierp,srp,серп,авг,жнів,ağustos,kolov,rugp,ogos,gush,abuz,αυγ,αύγ,"
    "אוגוסט,أغسطس,اغسطس,غشت,أوت,آب,اوت,آگوست,اگست,अग,আগ,ஆக,ส.ค,สิงหา,აგვ",
    "sep,set,syys,wrze,zář,září,верес,сен,септ,верас,eylül,ruj,rugs,shta,irail,σεπ,ספטמבר,سبتمبر,شتنبر,أيلول,ايلول,"
    "سپتامبر,ستمبر,सित,সেপ,செப்,ก.ย,กันยา,სექ",
    "oct,okt,ott,out,loka,paźd,říj,жовт,окт,кастр,ekim,spal,tet,urri,οκτ,אוקטובר,أكتوبر,اكتوبر,تشرين الأول,"
    "تشرين الاول,اکتبر,اکتوبر,अक्,অক্ট,அக்,ต.ค,ตุลา,ოქტ",
    "nov,nob,noi,nën,nóv,marras,list,listopad,листопад,ноя,ноем,нов,ліст,kasım,studen,lapkr,azaro,νοε,νοέ,נובמבר,"
    "نوفمبر,"
    "نونبر,تشرين الثاني,نوامبر,نومبر,नव,নভে,நவ,พ.ย,พฤศจิกา,ნოე",
    "dec,déc,dez,dic,des,dets,joulu,grud,prosin,груд,дек,дец,снеж,aralık,gruod,dis,diz,dhj,abend,δεκ,דצמבר,ديسمبر,"
    "دجنبر,"
    "كانون الأول,كانون الاول,دسامبر,دسمبر,दिस,ডিসে,டிச,ธ.ค,ธันวา,დეკ"};

/* A name of one word begins the word; one with a space or a point in it only begins the text. */
static bool fits(wt_span name, wt_span text, size_t len) {
  if (name.data[0] != text.data[0] || !wt_span_starts(text, name)) return false;
  bool one_word = !wt_span_has(name, ' ') && !wt_span_has(name, '.');
  size_t ending = (unsigned char)name.data[0] >= 0xCC ? LONG_ENDING : ENDING;
  return !one_word || (name.len <= len && len <= name.len + ending);
}

static unsigned longest_of(size_t *taken, wt_span text, size_t len) {
  unsigned found = 0;
  size_t longest = 0;
  for (unsigned month = 0; month < 12; month++) {
    wt_span rest = wt_span_of(months[month]);
    while (rest.len > 0) {
      wt_span name = wt_span_sub(rest, 0, wt_span_find(rest, WT_SPAN(",")));
      rest = wt_span_sub(rest, name.len + 1 < rest.len ? name.len + 1 : rest.len, rest.len);
      if (name.len <= longest || text.len == 0 || !fits(name, text, len)) continue;
      longest = name.len;
      found = month + 1;
    }
  }
  *taken = longest > len ? longest : len;
  return found;
}

unsigned wt_month_find(size_t *used, wt_span text, size_t len) {
  static const char in[] = "\u05D1"; /* Hebrew joins "in" to the name */
  size_t skip = sizeof in - 1;
  unsigned month = longest_of(used, text, len);
  if (month > 0 || len <= skip || !wt_span_starts(text, WT_SPAN(in))) return month;
  month = longest_of(used, wt_span_sub(text, skip, text.len), len - skip);
  *used += skip;
  return month;
}
