//! A question gets one message: what it shows.

use yuanwen::local_telegram::{ALICE, Person, XIAOLIN, YATING};

use super::harness::{Talk, edition};
use super::show::show;
use crate::program::root;

#[tokio::test]
async fn a_question_gets_its_excerpt_and_source() {
    let talk = Talk::start().await;
    let answer = talk.ask(XIAOLIN, "云帆港的人才公寓租金多少").await;
    insta::assert_snapshot!(show(&answer), @r"
    > **云帆港**建成**人才公寓**1500套，**租金**为市场价的六成，在园区工作的硕士可以申请。
    > **人才公寓**由**云帆港**运营公司管理，每年3月和9月集中受理申请，入住期限最长三年。
    [云帆港科创园建设方案](https://yunfan.example.com/plan) › 人才和资金 › 人才公寓
    云帆区科学技术委员会 · 2024-03-18
    [更多] [上下文] [🔗 原文 → https://yunfan.example.com/plan]
    [👍] [👎]
    ");
    talk.end().await;
}

#[tokio::test]
async fn a_source_without_address_has_no_link() {
    let talk = Talk::start().await;
    let answer = talk.ask(XIAOLIN, "南汀有几台大科学装置").await;
    insta::assert_snapshot!(show(&answer), @r"
    > **南汀科学**城已有**两台大科学装置**：同步辐射光源和低温强磁场**装置**。
    > 同步辐射光源每年开放5000小时，高校和企业都可以预约机时。
    南汀科学城2025年工作要点 › 基础设施 › 大科学装置
    南汀科学城管委会 · 2025
    [更多] [上下文]
    [👍] [👎]
    ");
    talk.end().await;
}

#[tokio::test]
async fn an_unsure_answer_says_so_and_what_it_does_not_give() {
    let talk = Talk::start().await;
    let answer = talk.ask(XIAOLIN, "扬帆贷的利率是多少").await;
    insta::assert_snapshot!(show(&answer), @r"
    _「利率」也查了「贷款」_
    **可能相关**
    > 云帆港与银行合作推出“**扬帆贷**”，面向成立三年以内的科技企业，最高额度500万元。
    > “**扬帆贷**”不需要抵押，由园区的风险补偿资金承担一半损失。
    > 企业先在运营公司登记，再由银行上门了解经营情况，一般十个工作日内放款。
    > 还款可以选按月或按季，提前还款不收费用；逾期的企业三年内不得再次申请。
    [云帆港科创园建设方案](https://yunfan.example.com/plan) › 人才和资金 › 贷款
    云帆区科学技术委员会 · 2024-03-18
    资料提到「扬帆贷」，没有找到关于「利率」的说明。
    [更多] [上下文] [🔗 原文 → https://yunfan.example.com/plan]
    [按原字查找]
    [👍] [👎]
    ");
    talk.end().await;
}

#[tokio::test]
async fn what_no_document_answers_is_declined_without_a_source() {
    let talk = Talk::start().await;
    let answer = talk.ask(XIAOLIN, "火星上有水吗").await;
    insta::assert_snapshot!(show(&answer), @r"
    抱歉，收录的资料里没有找到这个问题的答案。
    没有资料提到「火星」。

    最接近的资料：
    [青禾谷 › 重点产业]
    [云帆港 › 2026年目标]
    [南汀科学城 › 南汀的大科学装置怎么预约？]
    ");
    assert!(answer.marked("blockquote").is_empty() && answer.marked("text_link").is_empty());
    let near = talk.press(XIAOLIN, &answer, answer.labels()[0][0]).await;
    insta::assert_snapshot!(show(&near), @r"
    > 青禾谷重点发展种业、智能农机和食品加工三个产业。
    > 种业以水稻和蔬菜育种为主，智能农机以采摘机器人为主。
    [青禾谷农业科技城规划](https://qinghe.example.com/valley) › 产业 › 重点产业
    青禾区人民政府 · 2023-11
    [‹ 返回] [🔗 原文 → https://qinghe.example.com/valley]
    ");
    let back = talk.press(XIAOLIN, &near, "‹ 返回").await;
    assert_eq!(show(&back), show(&answer));
    talk.end().await;
}

#[tokio::test]
async fn a_question_that_names_no_park_gets_one_excerpt_a_park_and_can_be_narrowed() {
    let talk = Talk::start().await;
    let answer = talk.ask(XIAOLIN, "重点产业是什么").await;
    insta::assert_snapshot!(show(&answer), @r"
    **各园区分别提到：**

    **南汀科学城**
    > 南汀科学城**重点**发展新材料、量子信息和科学仪器三个**产业**。
    南汀科学城2025年工作要点 › 产业 › 重点产业 · 南汀科学城管委会 · 2025

    **青禾谷**
    > 青禾谷**重点**发展种业、智能农机和食品加工三个**产业**。
    > 种业以水稻和蔬菜育种为主，智能农机以采摘机器人为主。
    [青禾谷农业科技城规划](https://qinghe.example.com/valley) › 产业 › 重点产业 · 青禾区人民政府 · 2023-11

    **云帆港**
    > 云帆港**重点**发展海洋装备、人工智能和生物医药三个**产业**集群。
    > 海洋装备以深海机器人为主，人工智能以港口调度为主，生物医药以海洋药物为主。
    [云帆港科创园建设方案](https://yunfan.example.com/plan) › 产业 › 重点产业 · 云帆区科学技术委员会 · 2024-03-18
    [上下文]
    [南汀科学城] [青禾谷] [云帆港]
    [👍] [👎]
    ");
    let narrowed = talk.press(XIAOLIN, &answer, "青禾谷").await;
    insta::assert_snapshot!(show(&narrowed), @r"
    > 青禾谷**重点**发展种业、智能农机和食品加工三个**产业**。
    > 种业以水稻和蔬菜育种为主，智能农机以采摘机器人为主。
    [青禾谷农业科技城规划](https://qinghe.example.com/valley) › 产业 › 重点产业
    青禾区人民政府 · 2023-11
    另有：
    >> 本文介绍青禾谷农业科技城的布局、**产业**和服务。
    >> — [青禾谷农业科技城规划](https://qinghe.example.com/valley) · 青禾区人民政府 · 2023-11
    [更多] [上下文] [🔗 原文 → https://qinghe.example.com/valley]
    [‹ 各园区]
    [👍] [👎]
    ");
    let back = talk.press(XIAOLIN, &narrowed, "‹ 各园区").await;
    assert_eq!(show(&back), show(&answer));
    talk.end().await;
}

#[tokio::test]
async fn everyday_questions_show_the_shipped_parks_side_by_side() {
    let talk = Talk::start().await;
    talk.editions.serve(edition(&root().join("knowledge")));
    let mut side_by_side = 0;
    let questions = [
        "有没有人才公寓",
        "有哪些重点产业",
        "高新技术企业要达到多少家",
        "面积多大",
        "有哪些贷款",
        "和哪些高校合作",
        "怎么引进人才",
        "2025年的目标是什么",
    ];
    for (person, question) in (7_000..).zip(questions) {
        talk.telegram.add_person(Person::new(person, "新人", "zh-hans"));
        let answer = talk.ask(person, question).await;
        let parks = answer.marked("blockquote").len();
        if parks < 2 {
            continue;
        }
        side_by_side += 1;
        assert!(parks <= 5, "{}", show(&answer));
        let narrowed = talk.press(person, &answer, answer.labels()[1][1]).await;
        assert_eq!(narrowed.marked("blockquote").len(), 1, "{}", show(&narrowed));
        let back = talk.press(person, &narrowed, "‹ 各园区").await;
        assert_eq!(show(&back), show(&answer));
    }
    assert!(side_by_side >= 5, "{side_by_side} of {}", questions.len());
    talk.end().await;
}

#[tokio::test]
async fn a_question_about_two_parks_gets_one_excerpt_each() {
    let talk = Talk::start().await;
    let answer = talk.ask(XIAOLIN, "云帆港和青禾谷的孵化器各有多少工位").await;
    insta::assert_snapshot!(show(&answer), @r"
    **可能相关**

    **云帆港**
    > **云帆港**有6家**孵化器**，其中国家级2家，合计提供2400个**工位**，首年免租金。
    [云帆港科创园建设方案](https://yunfan.example.com/plan) › 产业 › 孵化器 · 云帆区科学技术委员会 · 2024-03-18

    **青禾谷**
    > **青禾谷的孵化器**叫“禾苗工场”，有300个**工位**，农业科技团队可以免费使用两年。
    [青禾谷农业科技城规划](https://qinghe.example.com/valley) › 产业 › 孵化器 · 青禾区人民政府 · 2023-11
    [上下文]
    [云帆港] [青禾谷]
    [👍] [👎]
    ");
    talk.end().await;
}

#[tokio::test]
async fn a_mistyped_name_is_read_and_can_be_taken_literally() {
    let talk = Talk::start().await;
    let answer = talk.ask(XIAOLIN, "云饭港的规划面积多大").await;
    insta::assert_snapshot!(show(&answer), @r"
    _「云饭港」理解为「云帆港」_
    > **云帆港**科创园位于**云帆**区东部，北至通海路，南至**云帆**江，**规划面积**约12平方公里。
    > 园区分为三个片区：研发区、转化区和生活区。
    [云帆港科创园建设方案](https://yunfan.example.com/plan) › 范围和目标 › 位置和面积
    云帆区科学技术委员会 · 2024-03-18
    [更多] [上下文] [🔗 原文 → https://yunfan.example.com/plan]
    [按原字查找]
    [👍] [👎]
    ");
    let literal = talk.press(XIAOLIN, &answer, "按原字查找").await;
    insta::assert_snapshot!(show(&literal), @r"
    **可能相关**
    > 云帆港科创园位于云帆区东部，北至通海路，南至云帆江，**规划面积**约12平方公里。
    > 园区分为三个片区：研发区、转化区和生活区。
    [云帆港科创园建设方案](https://yunfan.example.com/plan) › 范围和目标 › 位置和面积
    云帆区科学技术委员会 · 2024-03-18
    资料提到「规划面积」，没有找到关于「云饭港」的说明。
    另有：
    >> 青禾谷位于青禾区西部的丘陵，**规划面积**约30平方公里，其中试验田占一半。
    >> — [青禾谷农业科技城规划](https://qinghe.example.com/valley) › 布局 › 位置和面积 · 青禾区人民政府 · 2023-11
    >>
    >> 南汀科学城在南汀湖畔，**规划面积**约45平方公里，一期建设9平方公里。
    >> — 南汀科学城2025年工作要点 › 基础设施 › 位置和面积 · 南汀科学城管委会 · 2025
    [更多] [上下文] [🔗 原文 → https://yunfan.example.com/plan]
    [‹ 恢复]
    [👍] [👎]
    ");
    let back = talk.press(XIAOLIN, &literal, "‹ 恢复").await;
    assert_eq!(show(&back), show(&answer));
    talk.end().await;
}

#[tokio::test]
async fn who_writes_traditional_characters_is_answered_in_them() {
    let talk = Talk::start().await;
    let answer = talk.ask(XIAOLIN, "雲帆港的規劃面積有多大？").await;
    insta::assert_snapshot!(show(&answer), @r"
    _「有多大」也查了「面積」、「平方公里」、「規劃面積」_
    > **云帆港**科创园位于**云帆**区东部，北至通海路，南至**云帆**江，**规划面积**约12平方公里。
    > 园区分为三个片区：研发区、转化区和生活区。
    [云帆港科创园建设方案](https://yunfan.example.com/plan) › 范围和目标 › 位置和面积
    云帆区科学技术委员会 · 2024-03-18
    [更多] [上下文] [🔗 原文 → https://yunfan.example.com/plan]
    [按原字查找]
    [👍] [👎]
    ");
    let answer = talk.ask(YATING, "火星上有水吗").await;
    insta::assert_snapshot!(answer.text, @r"
    抱歉，收录的资料里没有找到这个问题的答案。
    没有资料提到「火星」。

    最接近的资料：
    ");
    talk.end().await;
}

#[tokio::test]
async fn who_asks_in_english_is_answered_in_english() {
    let talk = Talk::start().await;
    let answer = talk.ask(ALICE, "yunfangang area?").await;
    insta::assert_snapshot!(show(&answer), @r"
    _“yunfangang” read as “云帆港”; for “area” also searched “面积”, “规划面积”, “平方公里”_
    > **云帆港**科创园位于**云帆**区东部，北至通海路，南至**云帆**江，**规划面积**约12**平方公里**。
    > 园区分为三个片区：研发区、转化区和生活区。
    [云帆港科创园建设方案](https://yunfan.example.com/plan) › 范围和目标 › 位置和面积
    云帆区科学技术委员会 · 2024-03-18
    [More] [Context] [🔗 Source → https://yunfan.example.com/plan]
    [Search literally]
    [👍] [👎]
    ");
    let answer = talk.ask(ALICE, "Do the tenants get free parking for bicycles?").await;
    insta::assert_snapshot!(show(&answer), @r"
    _for “free” also searched “不收费”; Still about 云帆港_
    **Possibly related**
    > 云帆港与银行合作推出“扬帆贷”，面向成立三年以内的科技企业，最高额度500万元。
    > “扬帆贷”不需要抵押，由园区的风险补偿资金承担一半损失。
    > 企业先在运营公司登记，再由银行上门了解经营情况，一般十个工作日内放款。
    > 还款可以选按月或按季，提前还款**不收费**用；逾期的企业三年内不得再次申请。
    [云帆港科创园建设方案](https://yunfan.example.com/plan) › 人才和资金 › 贷款
    云帆区科学技术委员会 · 2024-03-18
    [More] [Context] [🔗 Source → https://yunfan.example.com/plan]
    [All parks] [Search literally]
    [👍] [👎]
    ");
    talk.end().await;
}
