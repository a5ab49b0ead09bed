//! A question gets one message, and its buttons work.

use yuanwen::local_telegram::XIAOLIN;

use super::harness::Talk;
use super::show::show;

#[tokio::test]
async fn a_question_gets_its_excerpt_and_source() {
    let talk = Talk::start().await;
    let answer = talk.ask(XIAOLIN, "云帆港的人才公寓租金多少").await;
    insta::assert_snapshot!(show(&answer), @"");
    talk.end().await;
}
