//! `/gaps`: what the documents lack.

use yuanwen::local_telegram::{ALICE, XIAOLIN, YATING};

use super::harness::Talk;
use super::show::show;

#[tokio::test]
async fn similar_questions_that_went_badly_stand_together() {
    let talk = Talk::start_with_operator().await;
    insta::assert_snapshot!(show(&talk.order("/gaps").await), @"近 7 天没有发现答不好的问题。");
    for typed in ["/gaps 0", "/gaps abc", "/gaps 三十", "/gaps 100000"] {
        assert_eq!(show(&talk.order(typed).await), "请写天数，1 到 30（提问只保留 30 天），比如：/gaps 30", "{typed}");
    }
    talk.ask(XIAOLIN, "火星上有水吗").await;
    talk.ask(YATING, "火星上有水嗎？").await;
    talk.ask(ALICE, "火星上到底有水吗").await;
    talk.ask(XIAOLIN, "=HYPERLINK(\"http://a.example\",\"月球\")").await;
    let answer = talk.ask(XIAOLIN, "云帆港的人才公寓租金多少").await;
    talk.toast(XIAOLIN, &answer, "👎").await;
    let gaps = talk.order("/gaps 30").await;
    insta::assert_snapshot!(show(&gaps), @r#"
    **近 30 天没有答好的问题**
    共 5 次，3 类

    1. 火星上到底有水吗
    没有找到 3 次
    缺少：「火星」

    2. 云帆港的人才公寓租金多少
    👎 1

    3. =HYPERLINK(" ","月球")
    没有找到 1 次
    缺少：「HYPERLINK」、「月球」
    [⬇ 导出表格]
    "#);
    let file = talk.told(&gaps, "⬇ 导出表格").await;
    let (name, bytes) = talk.telegram.file(&file).unwrap();
    assert_eq!(name, format!("gaps-{}.csv", yuanwen::journal::today()));
    let table = String::from_utf8(bytes).unwrap();
    assert!(table.contains("\"'=HYPERLINK(") && table.contains("火星上到底有水吗"), "{table}");
    talk.end().await;
}
