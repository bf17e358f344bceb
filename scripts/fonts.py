"""Cut the fonts that documents are printed with from Debian's fonts-noto-cjk: `python scripts/fonts.py` (needs fonttools).

What is kept: ASCII and Latin letters, all of GB 2312, every character of the shipped divisions and packs, and characters
that names of people bear. What is not kept is drawn with a font of the machine where there is one.
"""

import json
import lzma
from pathlib import Path

from fontTools import subset

ROOT = Path(__file__).resolve().parents[1]
FROM = Path("/usr/share/fonts/opentype/noto")
INTO = ROOT / "src" / "zhiben" / "documents" / "fonts"
FACES = ("NotoSerifCJK-Regular", "NotoSerifCJK-Bold", "NotoSansCJK-Regular")
SIMPLIFIED = 2  # the face of a collection: JP, KR, SC, TC, HK
IN_NAMES = (
    "丏丗丟乂乇亍亓亹仉仝仡仫伋伣伲伾佘佥佶佺侂侉侔俅俣俦俨俪俫俵倓倞倧倬偲偓傒傃傥僖僡僮儇儆兕兖冏冼凃凇凊凡凯刘劢劭勍勋勖勰匜卉卣卬厍厐叒叕"
    "叡吉吒吖吔吘听呙呤咎咏哚哿唪啭啯喆喬嗣嘏嘚噉圐圪圫圲圳坜坤垚垟垭垯垲埇埈埌埏埕埗埠埼堃堉堌堎堞堨塄塆塝塱塽墚墡墅墒墨壎壵夲奭妘妠妫妲姈姞姝姮姵娄娉娜娴婄婕婳婻嫄嫒嫘"
    "嫚嬅孃孖孛孜宓宥宬宸寔寘岀岍岚岢岽峂峃峄峣峤峧崀崃崚崟崤崧嵊嵋嵎嵖嵚嵛嵩嵬嶂嶶嶷巘巽帡幂幠幪广庆庑庹廑廒廨弇弋弢弭弸彀彤彧徂徇忞忱怡怿恂恺悌悫惇愃愔慜憙懋懿戌戬扆抟掞"
    "揆擘攸敉斌斐斓旂旃旆旎旖旭旸昀昃昇昉昊昕昪昫昱昳昴昶晁晅晊晔晖晗晙晞晟晢晥晫暄暎暐暠暤暲曈曌曚曜曦朏杲枋柃柷栎栩栴桄桢桤桧梃梓棪棽楙楚楠楷楹榑榕榞槊槿樊樘樾橼檀檑檗欤"
    "歆殳毅毋毓氘氚沄沅沆沇沚沣沨沩泂泇泓泠泚泫泮洄洋洨洮洱洳洵洸洺洽浈浍浐浔浛浟浠浡浥浦涒涑涔涘涞涟涢淇淏淑淞淦淳淼渌渟渭渼湉湑湜湝湦湲湳滃滆滉滋滏滘滢滦滪漪漭漷潆潋"
    "潍潏潞潼潾澂澄澍澎澧澴澶濂濛瀚灏炁炅炆炎炘炜炣炫炯炻烜烨焌焓焕焜焯焱煊煌煐煓煕煜煦熙熠熤熹燊燏燚燨爔爻牖牟犇狄狐玎玏玑玓玕玗玘玙玚玛玞玟玠玡玢玥玦玧玨玫玭玮玱玲玳"
    "玶玹玺玼珂珅珈珉珊珌珍珏珐珑珒珙珝珞珣珥珦珧珩珪珫珮珰珲珵珹珺珽琀琁琅琇琈琎琏琐琚琛琝琞琡琢琤琥琦琨琪琫琬琭琮琯琰琲琳琴琵琼瑀瑁瑄瑅瑆瑑瑗瑛瑜瑝瑞瑟瑢瑧瑨瑭瑰瑱瑳"
    "瑶瑷瑸瑾璀璁璃璆璇璈璋璐璕璘璙璜璞璟璠璥璧璨璩璪璬璮璱璲璺瓒瓘瓯瓴甄甡甦甪畀畅畇畋畑畯疃疍皋皑皓皙皛皞皦盍盱眭睍睎睿瞾矅矞矩硁硇硐硕硙硚硪碁碏碣碶磁磊磏磡磻礌礐礽祁"
    "祃祎祐祓祗祚祜祝祢祯祺禄禅禇禔禛禤禧禹秣秾稑稔稷穆穑竑竣竦笈笏笕筠筱筼箐箓箖箢篁篆簃籁粟粲紘絜綦繇纁纮纴纾绂绋绎绚绡绤绨绰绲绶绻缃缇缊缙缜缤缦缪缬羕羲翀翂翃翊翎翔"
    "翕翙翚翥翮翯翾耑耔耜耿聃聍聿肇胤胥膑臬臻舄舢舫艟艮芃芈芊芋芏芑芘芙芝芡芮芯芷芸芾苊苌苎苒苓苕苡苧苻茀茆茌茏茕茗茜茝茳茹荀荃荆荇荙荛荪荭荻莎莘莙莜莞莨莳莼菀菁菂菘菪菲萁萌"
    "萍萧萩萱葆葑葭葳葵蒋蒨蒗蒙蓁蓂蓉蓓蓝蔌蔚蔺蕖蕙蕤蕰蕴薇薏薛薰藁藜藠蘅蘩虎虓虞虢蚺蛎蜀蜚衎衡袆袁裎裒裔裛裴褀褒觊觐觞訢訾詹誉諟謇譓讷许诂诎诒诏诘诜诩诰谆谌谔谙谞谟谧谷谿"
    "豸贇贲贽赉赏赑赓赜趵跂跞軏軱轵轶轸轺辀辂辉辚辛辰迈迒迓迦迨迪迮逄逖逦逵逸遄遐遘遹邂邈邑邕邗邘邛邡邢邬邯邰邳邴邵邶邸郃郄郅郇郈郏郐郑郓郗郚郛郜郝郢郦郧郪郯郴郾鄀鄂鄌鄘鄞"
    "鄠鄢鄣鄯鄱鄹酂酆酉酎醴釐鈜釜鈺鉴銎鋆錡鎏鏊鏐鑫钊钌钏钐钕钖钘钚钛钜钟钧钰钲钶钹钺钼钿铄铉铎铖铚铠铧铨铭铮铳铸铻锃锆锋锐锑锖锘锜锟锦锴锵锶锽镁镂镇镐镒镔镕镖镗镛镝镠镡镢镤镥"
    "镦镧镨镩镪镫镬镭镱镲镳闫闳闾阆阇阊阋阌阍阏阗阙阚阡阼陔陟陬陴隃隈隗隝隰隹雍雎雱雯雳霁霂霄霆霈霏霓霖霙霜霞霨霭靓靖靳鞅韡韦韧韬韪韫韶頔顒頵顗顼颀颂颉颋颍颎颐颕颙颛颢颥飏"
    "飒飓飗飙饧饬馗馝馥馨駉駪騄騑騛驎驩驭驰驷驹驺驽骁骃骅骊骍骎骏骐骕骙骞骢骥髡魁魏鲂鲅鲌鲍鲔鲛鲟鲡鲲鲵鳌鳙鳚鳜鳣鳯鵷鸢鸣鸥鸫鸬鸮鸷鸾鸿鹁鹇鹏鹔鹛鹞鹤鹭鹮鹯鹳麃麒麓麟麴麸黉黎黔黛黟黻黼"
    "黾鼎鼐鼒鼗鼙齐龑龚龢䂮䃅䌹䏝䓖䗖䥽䲁㑇㛃㟃㧑㬎㭎㳇㳚㳫㴔㵐㵑㸌㺄㻬㽏䁖"
)


def wanted() -> set[int]:
    """Return the characters to keep."""
    kept = {
        *range(0x20, 0x7F),
        *range(0xA0, 0x180),
        *map(ord, IN_NAMES),
        *map(ord, "〔〕―‘’“”…—–·①②③④⑤⑥⑦⑧⑨⑩℃㎡²³≤≥±×÷￥☐☑"),
    }
    for high in range(0xA1, 0xF8):
        for low in range(0xA1, 0xFF):
            try:
                kept.add(ord(bytes([high, low]).decode("gb2312")))
            except UnicodeDecodeError:
                continue
    for pack in (ROOT / "src" / "zhiben").rglob("*.yaml"):
        kept |= set(map(ord, pack.read_text(encoding="utf-8")))
    return kept | _in_divisions()


def _in_divisions() -> set[int]:
    found: set[int] = set()
    for table in (ROOT / "src" / "zhiben" / "orgs" / "divisions").glob("*.xz"):
        with lzma.open(table, "rt", encoding="utf-8") as rows:
            found |= set(map(ord, rows.read()))
    return found


def _ranges(held: list[int]) -> list[list[int]]:
    """Write ascending numbers as first and last of each run."""
    runs: list[list[int]] = []
    for number in held:
        if runs and runs[-1][1] == number - 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return runs


def main() -> None:
    """Write the faces."""
    kept = wanted()
    options = subset.Options(font_number=SIMPLIFIED, hinting=False, layout_features=["ccmp"], notdef_outline=True)
    options.name_IDs = ["*"]
    for face in FACES:
        font = subset.load_font(str(FROM / f"{face}.ttc"), options)
        cut = subset.Subsetter(options)
        cut.populate(unicodes=kept)
        cut.subset(font)
        held = sorted(font.getBestCmap())
        ranges = json.dumps(_ranges(held))
        (INTO / "characters.json").write_text(ranges + "\n", encoding="utf-8")
        target = INTO / f"{face}-SC.otf"
        subset.save_font(font, str(target), options)
        print(f"{target.name}: {len(held)} characters, {target.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
