import { has } from '../../profile/value.ts';
import { detector, type Detector } from './detector.ts';

const chineseFamily =
  /^[王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何高林罗羅郑鄭梁谢謝宋唐许許韩韓冯馮邓鄧曹彭曾肖田董袁潘于蒋蔣蔡余杜叶葉程苏蘇魏吕呂丁任沈姚卢盧姜崔钟鍾谭譚陆陸汪范金石廖贾賈夏韦韋付方白邹鄒孟熊秦邱江尹薛闫閻段雷侯龙龍史陶黎贺賀顾顧毛郝龚龔邵万萬钱錢严嚴][\p{Script=Han}]{1,2}$/u;
const japaneseFamily =
  /^(?:佐藤|鈴木|高橋|田中|伊藤|渡辺|渡邊|山本|中村|小林|加藤|吉田|山田|佐々木|山口|松本|井上|木村|林|斎藤|斉藤|清水|山崎|森|池田|橋本|阿部|石川|山下|中島|石井|小川|前田|岡田|長谷川|藤田|後藤|近藤|村上|遠藤|青木|坂本|福田|太田|西村|藤井|金子|岡本|藤原|三浦|中野|原田|松田|竹内|小野|田村|中山|和田|石田|森田|上田|原|柴田|酒井|工藤|横山|宮崎|内田|高木|安藤|大野|今井|河野|藤本|村田|武田|上野|杉山|増田|平野|菅原|小島|久保|松井|千葉|岩崎|桜井|木下|野口|松尾|菊地|野村|新井|渡部)[ 　]?[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]{1,4}$/u;
const koreanName =
  /^[김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민진][가-힣]{1,3}$/u;
/** How the usual Japanese family names are read; what is written in hiragana is put into katakana first. */
const japaneseReadings = new Set(
  'サトウ スズキ タカハシ タナカ イトウ ワタナベ ヤマモト ナカムラ コバヤシ カトウ ヨシダ ヤマダ ササキ ヤマグチ マツモト イノウエ キムラ ハヤシ サイトウ シミズ ヤマザキ ヤマサキ モリ イケダ ハシモト アベ イシカワ ヤマシタ ナカジマ ナカシマ イシイ オガワ マエダ オカダ ハセガワ フジタ ゴトウ コンドウ ムラカミ エンドウ アオキ サカモト フクダ オオタ オータ ニシムラ フジイ カネコ オカモト フジワラ ミウラ ナカノ ハラダ マツダ タケウチ オノ タムラ ナカヤマ ワダ イシダ モリタ ウエダ ハラ シバタ サカイ クドウ ヨコヤマ ミヤザキ ウチダ タカギ アンドウ オオノ イマイ コウノ フジモト ムラタ タケダ ウエノ スギヤマ マスダ ヒラノ スガワラ コジマ クボ マツイ チバ イワサキ サクライ キノシタ ノグチ マツオ キクチ ノムラ アライ ヤスダ カワムラ カワサキ ホンダ ニシダ マルヤマ ホリ オオツカ'
    .normalize('NFKC')
    .split(' '),
);
const twoKanaWords = /^([\p{sc=Katakana}\p{sc=Hiragana}ー]{2,6})[ ・]([\p{sc=Katakana}\p{sc=Hiragana}ー]{2,6})$/u;

/** True for a family name before a given one as Chinese, Japanese and Koreans write them, also by the sound alone. */
export function isEastAsianName(text: string): boolean {
  if (chineseFamily.test(text) || japaneseFamily.test(text) || koreanName.test(text)) return true;
  const family = twoKanaWords.exec(text)?.[1];
  return family !== undefined && japaneseReadings.has(inKatakana(family));
}

function inKatakana(text: string): string {
  return text.replaceAll(/[\u3041-\u3096]/gu, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0x60));
}

/** Names by their sound: forms list them for sorting and for machines that read no other letters. */
export const eastAsianNames: readonly Detector[] = [
  detector({
    id: 'kana-words',
    fine: 'person_name',
    title: 'Two short words by their sound (kana)',
    method: 'format',
    source: 'own rule: furigana of a family and a given name',
    chance: 0.02,
    minShare: 0.9,
    needs: has.foreign,
    forbids: has.lower | has.upper | has.digit | has.at | has.brace,
    length: [5, 13],
    digits: [0, 0],
    alone: -0.5,
    named: 3,
    test: ({ text }) => twoKanaWords.test(text),
  }),
];
