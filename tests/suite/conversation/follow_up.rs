//! A question may lean on the answer before it.

use yuanwen::local_telegram::{Draft, GROUP, XIAOLIN, YATING};

use super::harness::Talk;
use super::show::show;

#[tokio::test]
async fn a_question_without_a_park_takes_that_of_the_answer_before() {
    let talk = Talk::start().await;
    talk.ask(XIAOLIN, "云帆港规划面积多大").await;
    let answer = talk.ask(XIAOLIN, "那人才公寓呢").await;
    insta::assert_snapshot!(show(&answer), @r"
    _沿用：云帆港_
    > 云帆港建成**人才公寓**1500套，租金为市场价的六成，在园区工作的硕士可以申请。
    > **人才公寓**由云帆港运营公司管理，每年3月和9月集中受理申请，入住期限最长三年。
    [云帆港科创园建设方案](https://yunfan.example.com/plan) › 人才和资金 › 人才公寓
    云帆区科学技术委员会 · 2024-03-18
    [更多] [上下文] [🔗 原文 → https://yunfan.example.com/plan]
    [不限园区]
    [👍] [👎]
    ");
    let free = talk.press(XIAOLIN, &answer, "不限园区").await;
    insta::assert_snapshot!(show(&free), @r"
    **各园区分别提到：**

    **青禾谷**
    > 青禾谷的**人才公寓**有400套，博士免租金三年，硕士租金减半。
    [青禾谷农业科技城规划](https://qinghe.example.com/valley) › 人才 › 人才公寓 · 青禾区人民政府 · 2023-11

    **云帆港**
    > 云帆港建成**人才公寓**1500套，租金为市场价的六成，在园区工作的硕士可以申请。
    > **人才公寓**由云帆港运营公司管理，每年3月和9月集中受理申请，入住期限最长三年。
    [云帆港科创园建设方案](https://yunfan.example.com/plan) › 人才和资金 › 人才公寓 · 云帆区科学技术委员会 · 2024-03-18
    [上下文]
    [青禾谷] [云帆港]
    [👍] [👎]
    ");
    talk.end().await;
}

#[tokio::test]
async fn after_the_park_was_dropped_it_is_not_taken_again() {
    let talk = Talk::start().await;
    talk.ask(XIAOLIN, "云帆港规划面积多大").await;
    let answer = talk.ask(XIAOLIN, "重点产业是什么").await;
    assert!(answer.text.starts_with("沿用：云帆港\n"), "{}", answer.text);
    talk.press(XIAOLIN, &answer, "不限园区").await;
    let answer = talk.ask(XIAOLIN, "规划面积多大").await;
    assert!(answer.text.starts_with("各园区分别提到"), "{}", answer.text);
    talk.end().await;
}

#[tokio::test]
async fn a_reply_takes_the_park_of_the_answer_it_replies_to() {
    let talk = Talk::start().await;
    let first = talk.ask(XIAOLIN, "青禾谷规划面积多大").await;
    talk.ask(XIAOLIN, "云帆港有几家孵化器").await;
    let answer = talk.send(XIAOLIN, XIAOLIN, Draft::text("人才公寓有多少套").reply_to(first.id)).await;
    insta::assert_snapshot!(show(&answer), @r"
    _沿用：青禾谷_
    > 青禾谷的**人才公寓有400套**，博士免租金三年，硕士租金减半。
    [青禾谷农业科技城规划](https://qinghe.example.com/valley) › 常见问题 › 青禾谷的人才公寓有多少套？
    青禾区人民政府 · 2023-11
    [更多] [上下文] [🔗 原文 → https://qinghe.example.com/valley]
    [不限园区]
    [👍] [👎]
    ");
    talk.end().await;
}

#[tokio::test]
async fn a_question_that_only_other_parks_answer_is_answered_by_them() {
    let talk = Talk::start().await;
    talk.ask(XIAOLIN, "云帆港规划面积多大").await;
    let answer = talk.ask(XIAOLIN, "博士后工作站有几个").await;
    assert!(answer.text.starts_with("青禾谷设有3个博士后工作站"), "{}", answer.text);
    talk.end().await;
}

#[tokio::test]
async fn a_question_about_something_else_is_declined_as_if_it_came_first() {
    let talk = Talk::start().await;
    for (before, question) in [
        ("云帆港规划面积多大", "火星上有水吗"),
        ("青禾谷规划面积多大", "火星上有水吗"),
        ("南汀有几台大科学装置", "谁赢了世界杯"),
    ] {
        talk.ask(XIAOLIN, before).await;
        let answer = talk.ask(XIAOLIN, question).await;
        assert!(answer.text.starts_with("抱歉，收录的资料里没有找到"), "{}", show(&answer));
        assert!(answer.marked("blockquote").is_empty() && !answer.text.contains("沿用"), "{}", show(&answer));
    }
    let answer = talk.ask(XIAOLIN, "重点产业是什么").await;
    assert!(answer.text.starts_with("沿用：南汀科学城"), "a refusal ended the conversation: {}", show(&answer));
    talk.end().await;
}

#[tokio::test]
async fn a_thing_that_only_another_park_has_leads_there() {
    let talk = Talk::start().await;
    for (before, question, said) in [
        ("青禾谷规划面积多大", "扬帆贷最高额度多少", "最高额度500万元"),
        ("云帆港规划面积多大", "同步辐射光源每年开放多久", "每年开放5000小时"),
        ("南汀有几台大科学装置", "禾苗工场有多少工位", "有300个工位"),
    ] {
        talk.ask(XIAOLIN, before).await;
        let answer = talk.ask(XIAOLIN, question).await;
        assert!(answer.text.contains(said) && !answer.text.contains("沿用"), "{}", show(&answer));
    }
    talk.end().await;
}

#[tokio::test]
async fn a_detail_alone_is_asked_of_what_was_talked_about() {
    let talk = Talk::start().await;
    for (before, question, carried) in [
        ("云帆港有哪些贷款", "谁牵头的", "沿用：云帆港"),
        ("云帆港有哪些贷款", "个人可以申请吗", "沿用：云帆港 贷款"),
        ("云帆港规划面积多大", "最大的是哪个", "沿用：云帆港"),
        ("云帆港规划面积多大", "第三个是干嘛的", "沿用：云帆港"),
    ] {
        talk.ask(XIAOLIN, before).await;
        let answer = talk.ask(XIAOLIN, question).await;
        assert!(answer.text.contains(carried), "{question}: {}", show(&answer));
    }
    // What was not found is no matter to ask more of.
    talk.ask(XIAOLIN, "云帆港有地铁吗").await;
    let answer = talk.ask(XIAOLIN, "有班车吗").await;
    assert!(!answer.text.contains("地铁"), "{}", show(&answer));
    talk.end().await;
}

#[tokio::test]
async fn another_place_or_all_parks_end_the_talk_about_one() {
    let talk = Talk::start().await;
    for (person, question) in [
        (XIAOLIN, "张江有多少家企业"),
        (XIAOLIN, "苏州工业园区的房租多少"),
        (XIAOLIN, "赤霞谷有人才公寓吗"),
        (YATING, "哪個園區面積最大"),
        (YATING, "上海一共有几个园区"),
        (YATING, "which park is the largest"),
    ] {
        talk.ask(person, "云帆港规划面积多大").await;
        let answer = talk.ask(person, question).await;
        assert!(!answer.text.contains("沿用"), "{}", show(&answer));
    }
    talk.ask(YATING, "云帆港规划面积多大").await;
    let answer = talk.ask(YATING, "离虹桥多远").await;
    assert!(!answer.text.contains("青禾谷") && !answer.text.contains("南汀"), "{}", show(&answer));
    talk.end().await;
}

#[tokio::test]
async fn in_a_group_everybody_has_their_own_thread() {
    let talk = Talk::start().await;
    let say = |text: &str| Draft::text(format!("@yuanwen_bot {text}"));
    talk.send(GROUP, XIAOLIN, say("云帆港规划面积多大")).await;
    let other = talk.send(GROUP, yuanwen::local_telegram::OPERATOR, say("规划面积多大")).await;
    assert!(other.text.starts_with("各园区分别提到"), "{}", other.text);
    let own = talk.send(GROUP, XIAOLIN, say("重点产业是什么")).await;
    assert!(own.text.starts_with("沿用：云帆港"), "{}", own.text);
    talk.end().await;
}

#[tokio::test]
async fn the_name_of_a_park_alone_offers_questions_and_is_remembered() {
    let talk = Talk::start().await;
    let card = talk.ask(XIAOLIN, "云帆港").await;
    insta::assert_snapshot!(show(&card), @r"
    关于云帆港，可以这样问：
    [云帆港的人才公寓怎么申请？]
    [云帆港有几家孵化器？]
    [云帆港由谁管理？]
    [目录]
    ");
    let answer = talk.ask(XIAOLIN, "规划面积多大").await;
    assert!(answer.text.starts_with("沿用：云帆港"), "{}", answer.text);
    talk.end().await;
}

#[tokio::test]
async fn a_park_with_a_particle_repeats_the_question_before() {
    let talk = Talk::start().await;
    talk.ask(XIAOLIN, "云帆港重点产业是什么").await;
    let answer = talk.ask(XIAOLIN, "青禾谷呢").await;
    insta::assert_snapshot!(show(&answer), @r"
    _沿用：重点产业是什么_
    > **青禾谷重点**发展种业、智能农机和食品加工三个**产业**。
    > 种业以水稻和蔬菜育种为主，智能农机以采摘机器人为主。
    [青禾谷农业科技城规划](https://qinghe.example.com/valley) › 产业 › 重点产业
    青禾区人民政府 · 2023-11
    另有：
    >> 本文介绍**青禾谷**农业科技城的布局、**产业**和服务。
    >> — [青禾谷农业科技城规划](https://qinghe.example.com/valley) · 青禾区人民政府 · 2023-11
    [更多] [上下文] [🔗 原文 → https://qinghe.example.com/valley]
    [👍] [👎]
    ");
    let answer = talk.ask(XIAOLIN, "那南汀怎么样").await;
    assert!(answer.text.starts_with("沿用：重点产业是什么\n"), "{}", show(&answer));
    assert!(answer.text.contains("新材料、量子信息和科学仪器"), "{}", show(&answer));
    let context = talk.press(XIAOLIN, &answer, "上下文").await;
    let back = talk.press(XIAOLIN, &context, "‹ 返回").await;
    assert_eq!(show(&back), show(&answer), "what was taken from before is read again");
    for text in ["南汀简介", "介绍一下南汀"] {
        let menu = talk.ask(XIAOLIN, text).await;
        assert!(menu.text.starts_with("关于南汀科学城，可以这样问："), "{}", show(&menu));
    }
    talk.end().await;
}

#[tokio::test]
async fn a_detail_is_asked_of_what_the_question_before_was_about() {
    let talk = Talk::start().await;
    let first = talk.ask(XIAOLIN, "云帆港有哪些贷款").await;
    let answer = talk.ask(XIAOLIN, "利息多少").await;
    insta::assert_snapshot!(show(&answer), @r"
    _沿用：云帆港 贷款；「利息」也查了「贷款」_
    **可能相关**
    > **云帆港**与银行合作推出“扬帆贷”，面向成立三年以内的科技企业，最高额度500万元。
    > “扬帆贷”不需要抵押，由园区的风险补偿资金承担一半损失。
    > 企业先在运营公司登记，再由银行上门了解经营情况，一般十个工作日内放款。
    > 还款可以选按月或按季，提前还款不收费用；逾期的企业三年内不得再次申请。
    [云帆港科创园建设方案](https://yunfan.example.com/plan) › 人才和资金 › 贷款
    云帆区科学技术委员会 · 2024-03-18
    资料提到「云帆港」，没有找到关于「利息」的说明。
    另有：
    >> 逾期的企业三年内不得再次申请。
    >> 园区每年评选还款记录良好的企业，给予下一年度优先办理的便利。
    >> — 人才和资金 › 贷款
    >>
    >> **云帆港**建成人才公寓1500套，租金为市场价的六成，在园区工作的硕士可以申请。
    >> 人才公寓由**云帆港**运营公司管理，每年3月和9月集中受理申请，入住期限最长三年。
    >> — 人才和资金 › 人才公寓
    [更多] [上下文] [🔗 原文 → https://yunfan.example.com/plan]
    [按原字查找]
    [👍] [👎]
    ");
    talk.ask(XIAOLIN, "青禾谷规划面积多大").await;
    let reply = talk.send(XIAOLIN, XIAOLIN, Draft::text("它的期限多久").reply_to(first.id)).await;
    assert!(reply.text.starts_with("沿用：云帆港 贷款\n"), "{}", show(&reply));
    talk.end().await;
}
