//! Near misses: the documents name the thing, but not what is asked of it — an amount, an address, a date, a condition.
//! Coverage of words cannot see that, so what is asked for must be found near the thing. The patterns are data:
//! `details.toml`, `acts.toml`, `sums.toml`, `subjects.toml`.

mod given;
mod beside;
mod column;
mod act;
mod named;
mod listed;
mod scope;
mod sibling;
mod subject;
mod sum;

pub(super) use scope::{named_areas, places_named, unknown_areas};

use std::ops::Range;

use super::facet::Facet;
use super::knowledge::Knowledge;
use super::rank::Candidate;
use super::reading::Reading;
use super::sight::Sight;
use crate::analysis::script::folded;

/// Something a question asks for that stands nowhere near the thing it names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// Which check found it: the name of a detail, or that of a check: `year`, `stage`, `place`, `act` …
    pub check: String,
    /// The stretch of the question that asks for it, in characters.
    pub range: Range<usize>,
}

impl Missing {
    fn new(check: &str, range: Range<usize>) -> Self {
        Self { check: check.to_owned(), range }
    }
}

/// A question and the text around the thing that it names, folded.
struct Near<'a> {
    reading: &'a Reading,
    knowledge: &'a Knowledge,
    /// The question, without the parks that it does not want.
    question: &'a str,
    words: &'a [Range<usize>],
    sight: &'a Sight,
    /// The document of the passage, by number.
    document: usize,
    /// What is quoted, in characters of the passage.
    window: Range<usize>,
    excerpt: String,
    passage: String,
    headings: String,
}

impl<'a> Near<'a> {
    /// A question and the best window of a candidate, if that has one.
    fn new(reading: &'a Reading, knowledge: &'a Knowledge, best: &'a Candidate) -> Option<Self> {
        let window = best.windows.first()?.range.clone();
        let passage = &knowledge.corpus.passages[best.hit.passage];
        Some(Self {
            reading,
            knowledge,
            question: &reading.wanted,
            words: &reading.words,
            sight: &best.sight,
            document: best.document,
            excerpt: best.sight.folded.chars[window.clone()].iter().collect(),
            window,
            passage: best.sight.folded.chars.iter().collect(),
            headings: folded(&passage.headings.join("\n")),
        })
    }

    /// Where the excerpt gives a detail, or a little beside it, in characters of the passage.
    fn spans(&self, detail: &Facet) -> Vec<Range<usize>> {
        const BESIDE_CHARS: usize = 12;
        let chars = &self.sight.folded.chars;
        let start = self.window.start.saturating_sub(BESIDE_CHARS);
        let end = (self.window.end + BESIDE_CHARS).min(chars.len());
        let text: String = chars[start..end].iter().collect();
        let said = detail.spans(&text).into_iter().map(|span| span.start + start..span.end + start);
        let figures = column::figures(self).into_iter().filter(|(_, figure)| !detail.spans(figure).is_empty());
        said.chain(figures.map(|(range, _)| range)).collect()
    }
}

/// How much less a passage may answer than the best one and be taken for it because it gives what is asked for.
const ABOUT_AS_GOOD: f32 = 2.0;
/// Passages after the best one that are looked at.
const LOOKED_AT: usize = 4;

/// Puts first what gives the detail that is asked for, if the best excerpt does not and another is about as good.
pub(super) fn prefer(reading: &Reading, knowledge: &Knowledge, candidates: &mut Vec<Candidate>) {
    let Some(best) = candidates.first().filter(|best| !missing(reading, knowledge, best).is_empty()) else { return };
    let least = best.score - ABOUT_AS_GOOD;
    let near = |candidate: &Candidate| candidate.score >= least;
    let giving = |candidate: &Candidate| missing(reading, knowledge, candidate).is_empty();
    let mut others = candidates.iter().enumerate().skip(1).take(LOOKED_AT).take_while(|(_, other)| near(other));
    if let Some((number, _)) = others.find(|(_, other)| giving(other)) {
        let giver = candidates.remove(number);
        candidates.insert(0, giver);
    }
}

/// What the best excerpt does not give although the question asks for it, in the question's order.
pub(super) fn missing(reading: &Reading, knowledge: &Knowledge, best: &Candidate) -> Vec<Missing> {
    let Some(near) = Near::new(reading, knowledge, best) else { return Vec::new() };
    let mut found = given::lacking(&near);
    found.extend(act::acts(&near));
    found.extend(beside::years(&near));
    found.extend(scope::years(&near));
    found.extend(scope::stages(&near));
    found.extend(scope::things(&near));
    found.extend(scope::places(&near));
    found.extend(scope::areas(&near));
    if reading.about_parks {
        found.extend(scope::ordinals(&near));
        found.extend(scope::unspoken(&near));
        found.extend(named::people(&near));
        found.extend(subject::subjects(&near));
        found.extend(sum::sums(&near));
        found.extend(sum::prices(&near));
        found.extend(sum::limits(&near));
    }
    found.extend(listed::counts(&near));
    found.extend(listed::exceptions(near.question, &near.passage));
    found.extend(named::names(near.question, &near.excerpt));
    found.extend(named::roles(&near));
    found.extend(named::instances(near.question, &near.excerpt));
    for missing in &mut found {
        missing.range = whole(&missing.range, &reading.uncut, near.words);
    }
    found.sort_by_key(|missing| (missing.range.start, missing.range.end));
    found
}

/// A stretch that starts and ends where words do, with what is counted after 多少 or 几.
fn whole(range: &Range<usize>, question: &[char], words: &[Range<usize>]) -> Range<usize> {
    let start = words.iter().find(|word| word.contains(&range.start)).map_or(range.start, |word| word.start);
    let last = words.iter().find(|word| word.contains(&(range.end - 1)));
    let mut end = last.map_or(range.end, |word| word.end.max(range.end));
    if matches!(question.get(end - 1), Some('几' | '多' | '少')) {
        end = words.iter().find(|word| word.start == end).map_or(end, |word| word.end);
    }
    start..end
}

#[cfg(test)]
mod tests {
    use crate::analysis::words::Words;
    use crate::answer::{Knowledge, Options, Question, trace};
    use crate::corpus::{Corpus, Source};

    /// The checks that find something missing in a document of one passage.
    fn check(question: &str, text: &str, expected: &[&str]) {
        check_among(question, &[text], expected);
    }

    /// The same in documents of one passage each.
    fn check_among(question: &str, texts: &[&str], expected: &[&str]) {
        let source = Source { title: "金山规划".into(), park: Some("金山".into()), ..Source::default() };
        let corpus = Corpus::of_passages(texts.iter().map(|text| (source.clone(), (*text).to_owned())));
        let knowledge = Knowledge::new(corpus, &Words::default()).unwrap();
        let trace = trace(&knowledge, &Question::new(question).unwrap(), &Options::default()).unwrap();
        let names: Vec<&str> = trace.missing.iter().map(|missing| missing.check.as_str()).collect();
        assert_eq!(names, expected, "{question}");
    }

    #[test]
    fn a_detail_must_stand_in_the_excerpt() {
        check("金山创新券最多能领多少钱", "金山发放创新券，最高10万元。", &[]);
        check("金山创新券能领多少钱", "金山发放创新券。", &["MONEY"]);
        check("金山产业园面积", "金山产业园要转型。", &["AREA"]);
        check("金山中试线一共花了多少", "金山中试线按费用的四成补贴。", &["MONEY"]);
        check("金山车间打样一米收多少", "金山车间一年节省费用3400万元。", &["price"]);
        check("金山车间打样一米收多少", "金山车间打样每米收60元。", &[]);
        check("金山声学打算在哪个板上市", "金山声学已进入上市辅导期。", &["BOARD"]);
        check("金山声学打算在哪个板上市", "金山声学将登陆科创板上市。", &[]);
        check("金山基金找哪家机构来管", "金山担保公司承担基金的风险。", &["RUNS"]);
        check("金山英才计划谁牵头的", "金山英才计划吸引高层次人才。", &["LEAD"]);
        check("金山天使基金已经投了哪几家公司", "金山天使基金由金山国投公司管理。", &["INVESTED"]);
        check("金山英才报名截止到哪天", "金山英才每周两个工作日可以兼职。", &["DEADLINE"]);
        check("金山平台的网址发我", "企业登录金山平台填报。", &["LINK", "subject"]);
        check("金山班车最后一班几点", "金山班车早晚高峰往返；停车全天最高20元。", &["CLOSES", "CLOCK"]);
        check("金山贷跟哪几家银行合作", "金山贷由5家合作银行共同推出。", &["FIRM"]);
        check("金山主任月薪多少", "金山主任的月薪打了四折。", &["MONEY"]);
        check("我是香港人，可以申请金山的公寓吗", "港澳台居民凭居住证申请金山公寓。", &[]);
        check("金山英才计划谁牵头的", "金山英才计划由区委牵头。", &[]);
        check("金山英才计划要求本科吗", "金山英才计划吸引人才落户。", &["subject"]);
        check("金山英才计划名单", "金山英才计划吸引人才落户。", &["NAMES"]);
        check("金山英才计划名单", "金山英才计划入选的有陶景棠、顾清和岑如意。", &[]);
        check("金山产业园企业数量", "金山产业园是唯一一家示范园。", &["COUNT"]);
        check("金山产业园企业数量", "金山产业园有企业二十家。", &[]);
        check("金山管委会电话几号", "金山管委会负责协调。", &["PHONE"]);
        check("金山工坊什么时候交付", "金山工坊第三年按八成收取租金。", &["DATE", "act"]);
    }

    #[test]
    fn a_detail_must_stand_beside_its_topic() {
        check("金山托班一个月多少钱", "金山公寓月租1480元；托班接收3岁以下的孩子。", &["MONEY"]);
        check("金山托班一个月多少钱", "金山公寓月租1480元；托班每月收费900元。", &[]);
        check("金山的中试线投了多少亿", "金山安排资金9亿元；优先保障中试线。", &["MONEY"]);
    }

    #[test]
    fn what_the_question_says_is_no_answer() {
        check("金山721家金融机构里银行有几家", "金山有721家金融机构，银行、保险都有。", &["amount"]);
        check("金山有几家金融机构", "金山有721家金融机构，银行、保险都有。", &[]);
    }

    #[test]
    fn a_measure_must_stand_in_the_excerpt() {
        check("金山宽带多少兆", "金山提供1000兆宽带。", &[]);
        check("金山宽带多少兆", "金山宽带已经接通。", &["measure"]);
        check("金山这栋楼几层", "金山的这栋楼地上十二层。", &[]);
    }

    #[test]
    fn a_year_must_stand_beside_its_topic() {
        check("金山2030年要有几家工厂", "金山到2025年有工厂20家。", &["year"]);
        check("金山2025年要有几家工厂", "金山到2025年有工厂20家。", &[]);
        check("金山2023年有几家机构", "2023年金山落户企业63家。\n金山的机构累计80家。", &["year"]);
    }

    #[test]
    fn a_list_must_be_long_enough() {
        check("金山有哪三个功能区", "金山的功能区有研发区、生产区、生活区。", &[]);
        check("金山有哪九个功能区", "金山的功能区有研发区、生产区、生活区。", &["count"]);
        check("金山那两家独角兽是哪两家", "金山有智能企业163家、内容企业121家，独角兽2家。", &["FIRM", "count"]);
    }

    #[test]
    fn a_park_that_nobody_knows_is_missing() {
        check("青禾谷的人才公寓有多少套", "金山建成人才公寓1500套。", &["area"]);
        check("我们园区的人才公寓有多少套", "金山建成人才公寓1500套。", &[]);
    }

    #[test]
    fn what_was_done_must_be_told() {
        check("金山三期工程哪年动工", "金山三期工程预计2028年完工。", &["act"]);
        check("金山三期工程哪年完工", "金山三期工程预计2028年完工。", &[]);
        check("金山智研公司是谁创办的", "金山智研公司的研发总监顾某介绍。", &["act"]);
        check("金山智研公司的创办人是谁", "金山智研公司由创始人顾清发起成立。", &[]);
        check("金山智研公司在哪里", "金山智研公司位于金山大道。", &[]);
        check("金山试验场哪年盖好", "金山试验场建成浮台3个。\n金山试验场2023年承接任务。", &["DATE", "act"]);
    }

    #[test]
    fn what_is_said_of_another_is_not_said_of_it() {
        let tiers = "金山人才计划分为领航、掌舵、扬帆三个层次，入选领航层次的可获补助120万元，分五年发放。";
        check("金山领航层次补助多少钱", tiers, &[]);
        check("金山掌舵层次补助多少钱", tiers, &["MONEY"]);
        let stations = "金山的三号站位于粮库，今年8月交付，四号站尚在消防改造。";
        check("金山三号站几月交付", stations, &[]);
        check("金山四号站几月交付", stations, &["DATED"]);
    }

    #[test]
    fn a_limit_must_be_one() {
        check("金山创新贷顶多能贷多少钱", "金山创新贷已授信16亿元。", &["limit"]);
        check("金山创新贷顶多能贷多少钱", "金山创新贷单户不超过800万元。", &[]);
    }

    #[test]
    fn a_number_must_count_what_is_asked_for() {
        check("金山清单一共有几个场景", "金山发布场景清单，15个产业项目签约。", &["amount"]);
        check("金山清单一共有几个场景", "金山发布清单，含场景15个。", &[]);
    }

    #[test]
    fn a_sum_must_be_of_the_kind_asked_for() {
        check("金山的创新贷利息多少", "金山的创新贷授信1000万元，损失由资金池承担三成。", &["sum"]);
        check("金山的创新贷利息多少", "金山的创新贷年化利率3%。", &[]);
        check("金山实验室用一小时多少钱", "金山实验室每家企业每年额度20万元。", &["price"]);
        check("金山实验室用一小时多少钱", "金山实验室每小时收费300元。", &[]);
    }

    #[test]
    fn a_code_a_title_and_a_closing_time_must_be_given() {
        check("金山科技的股票代码多少", "金山科技2023年在科创板上市。", &["CODE"]);
        check("金山科技的股票代码多少", "金山科技（688999）在科创板上市。", &[]);
        check("金山食堂晚饭吃到几点", "金山食堂早餐6:50开始。", &["CLOSES"]);
        check("金山食堂晚饭吃到几点", "金山食堂晚餐17:00到19:30。", &[]);
        check("金山概念验证跟哪些学校合作", "金山与华东理工大学共建概念验证中心。", &[]);
    }

    #[test]
    fn what_stands_in_brackets_is_said_of_the_item_before_them() {
        check("金山健身房办卡多少钱", "金山有健身房、篮球场、路演厅（每年免费使用四次）。", &["MONEY"]);
        check("金山路演厅多少钱", "金山有健身房、篮球场、路演厅（每年免费使用四次）。", &[]);
    }

    #[test]
    fn what_any_park_may_be_called_parts_nothing() {
        check("金山那个园区一共多大地方", "金山规划面积6.8平方公里。园区前身为工业小区。", &[]);
        check("金山英才计划什么人能报名", "金山英才计划的负责人应为在职科研人员。", &[]);
    }

    #[test]
    fn a_numbered_thing_must_be_named() {
        check("金山第三批榜单有几个题目", "金山每年编制榜单，题目20个。", &["ordinal"]);
        check("金山第3批榜单有几个题目", "金山第三批榜单有题目20个。", &[]);
    }

    #[test]
    fn a_place_that_no_document_names_is_missing() {
        check("苏州工业园区有什么税收优惠", "金山有税收优惠。", &["place"]);
        check("张江有没有税收优惠", "金山有税收优惠。", &["place"]);
        check("金山的大理石厂房有税收优惠吗", "金山的石材厂房有税收优惠。", &[]);
    }

    #[test]
    fn what_is_asked_for_must_be_spoken_of() {
        check("金山公寓有地方停车吗", "金山公寓月租1480元，家具齐全。", &["thing", "subject"]);
        check("金山公寓有地方停车吗", "金山公寓地下车库有泊位三百个。", &[]);
        check("金山中心邮箱是多少", "金山中心咨询电话0000-5526118。", &["subject"]);
        check("金山中心邮箱是多少", "金山中心的邮箱是a@example.com。", &[]);
    }

    #[test]
    fn the_thing_that_is_named_must_be_spoken_of() {
        let texts = ["金山公寓的月租金是1480元，租金按月交。", "金山建设鹮洲坊和“回声步道”。"];
        check_among("金山鹮洲坊的月租金多少钱", &texts, &["unspoken"]);
        check_among("金山回声步道的月租金多少钱", &texts, &["unspoken"]);
        check_among("金山公寓的月租金多少钱", &texts, &[]);
    }

    #[test]
    fn the_people_asked_for_must_be_named() {
        check("金山咨询委员会有哪些院士", "金山咨询委员会由15名院士组成。", &["people"]);
        check("金山咨询委员会有哪些院士", "金山咨询委员会有陶景棠院士、顾清院士。", &[]);
        check("金山研究院谁当家", "金山研究院有员工三百人。", &["role"]);
        check("金山研究院谁当家", "金山研究院院长由农学家陶景棠教授担任。", &[]);
    }

    #[test]
    fn the_one_at_the_head_must_be_named() {
        check("金山科技的老板是谁", "金山科技的招商总监陶景棠介绍说，明年扩建。", &["BOSS"]);
        check("金山科技的老板是谁", "金山科技创始人陶景棠介绍说，明年扩建。", &[]);
        check("金山管委会一把手叫什么名字", "领导小组由金山管委会主任任组长。", &["BOSS"]);
        check("陶景棠来金山之前在哪上班", "金山公司总经理陶景棠每周五接待来访。", &["CAREER"]);
        check("陶景棠来金山之前在哪上班", "金山公司总经理陶景棠曾任教授。", &[]);
    }

    #[test]
    fn of_several_in_a_role_the_one_asked_for_must_be_named() {
        let text = "金山编制高端装备、电力材料两张图谱，高端装备链链长由陶景棠担任，工业软件链链长由钟离玥担任。";
        check("金山电力材料那条链的链长是谁", text, &["role"]);
        check("金山高端装备链的链长是谁", text, &[]);
        check("金山领导小组谁挂帅", "金山领导小组由市长任组长。", &[]);
        check("金山研究院副院长是谁", "金山研究院院长陶景棠、副院长钟离玥出席。", &[]);
        check("金山研究院副院长是谁", "金山研究院院长陶景棠出席。", &["role"]);
        check("金山领导小组的组长，市长大名叫什么", "金山领导小组由市长任组长。", &["role"]);
        check("金山论坛请的是哪位诺奖得主", "金山论坛设诺奖得主讲坛。", &["people"]);
    }

    #[test]
    fn what_is_counted_or_priced_must_be_what_is_asked() {
        check("金山分校开几个班", "金山分校有老师640名。", &["amount"]);
        check("金山分校开几个班", "金山分校设36个班。", &[]);
        check("金山规划分几个区", "金山规划分为三区：北区、中区和南区。", &[]);
        check("金山规划分几个区", "金山规划分为两大片区。", &[]);
        check("金山中试线烧一炉多少钱", "金山中试线投资3亿元。", &["price"]);
        check("金山中试线烧一炉多少钱", "金山中试线每炉收费800元。", &[]);
        check("金山青年驿站能免费住几晚吗", "金山青年驿站免费住15天。", &[]);
    }

    #[test]
    fn a_number_has_the_unit_above_its_column() {
        let source = Source { title: "金山价目".into(), park: Some("金山".into()), ..Source::default() };
        let mut corpus = Corpus::of_passages([(source, "甲座 | 1.4 | 320\n乙座 | 2.1 | 45".to_owned())]);
        corpus.passages[0].headings = ["楼栋 | 租金（元/平方米/天） | 员工数（人）".to_owned()].into();
        let knowledge = Knowledge::new(corpus, &Words::default()).unwrap();
        for (question, expected) in [("金山甲座租金多少", 0), ("金山甲座有多少员工", 0), ("金山甲座押金多少", 2)]
        {
            let trace = trace(&knowledge, &Question::new(question).unwrap(), &Options::default()).unwrap();
            assert_eq!(trace.missing.len(), expected, "{question} {:?}", trace.missing);
        }
    }

    #[test]
    fn what_stands_after_de_is_what_is_asked_about() {
        let text = "金山鹤栖里公寓每月租金900元。公寓旁有托育点两处，一百个托位。";
        check("金山鹤栖里的托育点一个月多少钱", text, &["MONEY"]);
        check("金山鹤栖里的公寓一个月多少钱", text, &[]);
    }

    #[test]
    fn a_place_and_days_must_be_given_as_they_are_asked_for() {
        check("金山灵犀科技的货卖到哪个国家", "金山灵犀科技的货卖到海外。", &["COUNTRY"]);
        check("金山灵犀科技的货卖到哪个国家", "金山灵犀科技的货卖到荷兰。", &[]);
        check("金山灵犀科技是从哪个省搬来的", "金山灵犀科技从外省搬来。", &["CITY"]);
        check("金山灵犀科技是从哪个省搬来的", "金山灵犀科技从宁海省搬来。", &[]);
        check("金山信贷最快几天能到账", "金山信贷贴息不超过两年。", &["DAYS"]);
        check("金山信贷最快几天能到账", "金山信贷三个工作日到账。", &[]);
    }

    #[test]
    fn another_stage_is_not_the_one_asked_for() {
        check("金山公寓二期多少套", "金山公寓一期1860套。", &["stage"]);
        check("金山公寓二期多少套", "金山公寓二期1860套。", &[]);
        check("金山的算力券能留到明年吗", "金山的算力券未用完部分不结转。", &[]);
    }

    #[test]
    fn a_part_that_takes_up_a_name_speaks_of_the_same() {
        let text = "金山把高炉改造为材料科学馆，老俱乐部改造为会议中心。材料科学馆门票50元。";
        check("金山高炉改的馆门票多少钱", text, &[]);
    }

    #[test]
    fn a_role_must_be_somebodys() {
        check("金山区长叫什么名字", "金山由区长任组长、副区长陶景棠任副组长。", &["role"]);
        check("金山区长叫什么名字", "金山区长陶景棠任组长。", &[]);
    }
}
