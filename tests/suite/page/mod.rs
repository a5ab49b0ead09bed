//! The chat page as a person meets it: the real program, and a browser. Pictures of it stay in `target/page`.

mod browser;

use std::path::Path;
use std::process::Stdio;

use serde_json::Value;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};
use yuanwen::local_telegram::GROUP;

use crate::program::root;

use browser::{Browser, Screen, installed};

const DESK: Screen = Screen { width: 1100, height: 820, phone: false, dark: false };
const PHONE: Screen = Screen { width: 390, height: 844, phone: true, dark: false };
/// The newest message of the bot, in JavaScript.
const LAST: &str = "[...document.querySelectorAll('[data-from=bot]')].at(-1)";

/// The real program with a page of its own, and a person before it.
struct Visit {
    browser: Browser,
    _program: Child,
    _folder: tempfile::TempDir,
}

impl Visit {
    /// Starts the program on documents and opens a chat; `None` where there is no Chromium.
    async fn begin(knowledge: &str, chat: i64, screen: Screen) -> Option<Self> {
        let chromium = installed()?;
        let folder = tempfile::tempdir().expect("a folder");
        let (program, url) = program(&root().join(knowledge), folder.path()).await;
        let browser = Browser::open(&chromium, &format!("{url}/?chat={chat}"), screen).await;
        let mut visit = Self { browser, _program: program, _folder: folder };
        visit
            .browser
            .until("document.querySelector('#title')?.textContent && !document.querySelector('#offline:not([hidden])')")
            .await;
        visit.shows_real_characters().await;
        Some(visit)
    }

    /// Where a font lacks Chinese characters, all look the same.
    async fn shows_real_characters(&mut self) {
        let differ = "(() => { const draw = c => { const canvas = document.createElement('canvas'); \
             const pen = canvas.getContext('2d'); pen.font = '40px ' + getComputedStyle(document.body).fontFamily; \
             pen.fillText(c, 10, 60); return canvas.toDataURL(); }; return draw('园') !== draw('问'); })()";
        let differ = self.browser.value(differ).await;
        assert_eq!(differ, true, "no font here has Chinese characters: install one, such as fonts-noto-cjk");
    }

    /// Types a message and sends it by Enter.
    async fn say(&mut self, text: &str) {
        self.browser.click("#input", "").await;
        self.browser.type_text(text).await;
        self.browser.enter().await;
    }

    /// Touches the newest message of a kind and chooses what to do with it.
    async fn do_with(&mut self, message: &str, deed: &str) {
        self.browser.click(&format!("{message} .meta"), "").await;
        self.browser.click(&format!("{message} .acts button[aria-label^='{deed}']"), "").await;
    }

    /// Waits until the newest message of the bot has these words.
    async fn reads(&mut self, words: &str) {
        let words = Value::from(words);
        self.browser.until(&format!("{LAST}?.innerText.includes({words})")).await;
        self.browser.until("!document.querySelector('.key.busy')").await;
    }

    /// Nothing is wider than the screen, and everything of the newest message is on it from side to side.
    async fn fits(&mut self) {
        let beyond = self
            .browser
            .value(&format!(
                "[document.body, ...{LAST}.querySelectorAll('*'), ...document.querySelectorAll('#composer *')]\
                 .filter(e => e.checkVisibility()).map(e => [e, e.getBoundingClientRect()])\
                 .filter(([, r]) => r.width && (r.left < 0 || r.right > innerWidth + 0.5))\
                 .map(([e]) => e.outerHTML.slice(0, 80))"
            ))
            .await;
        assert_eq!(beyond, serde_json::json!([]));
        let wide = "document.documentElement.scrollWidth > innerWidth || document.querySelector('#scroll').scrollWidth > innerWidth";
        assert_eq!(self.browser.value(wide).await, false);
    }
}

/// Starts the program without a token; gives the address of its page.
async fn program(knowledge: &Path, folder: &Path) -> (Child, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_yuanwen"));
    command.args(["--listen", "127.0.0.1:0", "--knowledge"]).arg(knowledge).arg("--data-dir").arg(folder.join("data"));
    command.current_dir(folder).env_clear().stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true);
    let mut program = command.spawn().expect("the program starts");
    let mut lines = BufReader::new(program.stdout.take().expect("its output is a pipe")).lines();
    let line = lines.next_line().await.expect("its output is UTF-8").expect("a line");
    let url = line.split_at(line.find("http://").expect("an address")).1.to_owned();
    (program, url)
}

const INVENTED: &str = "tests/suite/conversation/knowledge";
const XIAOLIN: i64 = yuanwen::local_telegram::XIAOLIN;

#[tokio::test]
async fn a_newcomer_starts_asks_and_pages() {
    let Some(mut visit) = Visit::begin(INVENTED, XIAOLIN, DESK).await else { return };
    visit.browser.click("#start", "").await;
    visit.reads("您好，我是园问。").await;
    visit.browser.picture("start").await;

    visit.say("云帆港的人才公寓怎么申请").await;
    visit.reads("入住期限最长三年").await;
    let drawn = |what: &str| format!("{LAST}.querySelectorAll('{what}').length > 0");
    visit.browser.until(&drawn("blockquote b")).await;
    visit.browser.until(&drawn(".text a[href^=\"https://yunfan.example.com\"]")).await;
    visit.browser.until(&drawn("a.key[target=_blank]")).await;
    visit.browser.picture("answer").await;

    let before = visit.browser.value("document.querySelectorAll('[data-from=bot]').length").await;
    visit.browser.click(".key", "更多").await;
    visit.reads("‹ 上一批").await;
    let after = visit.browser.value("document.querySelectorAll('[data-from=bot]').length").await;
    assert_eq!(before, after, "更多 edits in place");
    visit.browser.picture("more").await;
    let folded = format!("{LAST}.querySelector('.expandable:not(.short)').getAttribute('aria-expanded')");
    assert_eq!(visit.browser.value(&folded).await, "false");
    visit.browser.click("[data-from=bot] .expandable", "").await;
    visit.browser.until(&format!("{folded} === 'true'")).await;
    visit.browser.picture("unfolded").await;

    visit.browser.click(".key", "上下文").await;
    visit.reads("‹ 返回").await;
    visit.browser.picture("context").await;
    visit.browser.click(".key", "‹ 返回").await;
    visit.reads("👍").await;
    visit.browser.click(".key", "👍").await;
    visit.browser.until("document.querySelector('#toast.shown')?.textContent === '谢谢，已记下。'").await;

    visit.browser.click("#menu", "").await;
    visit.browser.until("document.querySelectorAll('#popup .option').length >= 6").await;
    visit.browser.picture("menu").await;
    visit.browser.click("#popup .option", "/parks").await;
    visit.reads("青禾谷").await;
    visit.browser.close().await;
}

#[tokio::test]
async fn a_question_is_narrowed_by_park_in_the_dark() {
    let Some(mut visit) = Visit::begin(INVENTED, XIAOLIN, Screen { dark: true, ..DESK }).await else { return };
    visit.say("重点产业是什么").await;
    visit.reads("各园区分别提到").await;
    visit.browser.picture("parks-dark").await;
    visit.browser.click(".key", "青禾谷").await;
    visit.reads("‹ 各园区").await;
    assert_eq!(visit.browser.value(&format!("{LAST}.innerText.includes('云帆港')")).await, false);
    visit.browser.picture("narrowed-dark").await;
    visit.browser.click(".key", "‹ 各园区").await;
    visit.reads("云帆港").await;
    let dark = "getComputedStyle(document.body).backgroundColor";
    assert_eq!(visit.browser.value(dark).await, "rgb(13, 21, 19)");
    visit.browser.close().await;
}

#[tokio::test]
async fn in_a_group_the_bot_answers_who_mentions_it() {
    let Some(mut visit) = Visit::begin(INVENTED, GROUP, DESK).await else { return };
    visit.say("南汀有几台大科学装置").await;
    visit.browser.until("document.querySelectorAll('.message').length === 1").await;
    visit.browser.click("#mention", "").await;
    visit.browser.type_text("云帆港规划面积多大").await;
    visit.browser.click("#send", "").await;
    visit.reads("约12平方公里").await;
    let answers = "document.querySelectorAll('[data-from=bot]').length";
    assert_eq!(visit.browser.value(answers).await, 1, "only the question that mentions it is answered");
    let replied = format!("{LAST}.querySelector('.answered')?.innerText");
    assert!(visit.browser.value(&replied).await.as_str().unwrap().contains("云帆港规划面积多大"));
    visit.browser.picture("group").await;
    visit.browser.close().await;
}

#[tokio::test]
async fn a_person_replies_edits_sends_a_file_and_deletes() {
    let Some(mut visit) = Visit::begin(INVENTED, XIAOLIN, DESK).await else { return };
    visit.say("云帆港规划面积多大").await;
    visit.reads("约12平方公里").await;
    visit.do_with(".mine", "编辑").await;
    visit.browser.value("document.querySelector('#input').select()").await;
    visit.browser.type_text("青禾谷规划面积多大").await;
    visit.browser.enter().await;
    visit.reads("30平方公里").await;
    visit.browser.until("document.querySelector('.mine .meta').innerText.includes('已编辑')").await;

    visit.do_with("[data-from=bot]", "回复").await;
    visit.browser.type_text("人才公寓有多少套").await;
    visit.browser.picture("reply").await;
    visit.browser.enter().await;
    visit.reads("沿用：青禾谷").await;
    visit.browser.until("[...document.querySelectorAll('.mine')].at(-1).querySelector('.answered')").await;

    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("计划.pdf");
    std::fs::write(&file, "x").expect("a file");
    visit.browser.choose_file("#file", &file).await;
    visit.reads("我不读聊天里发来的文件").await;
    visit.browser.until("document.querySelector('a.attached[download=\"计划.pdf\"]')").await;
    visit.browser.picture("file").await;
    visit.do_with(".mine", "删除").await;
    visit.browser.until("!document.querySelector('a.attached')").await;
    visit.browser.close().await;
}

#[tokio::test]
async fn inline_mode_offers_cards_to_send() {
    let Some(mut visit) = Visit::begin(INVENTED, GROUP, DESK).await else { return };
    visit.browser.click("#input", "").await;
    visit.browser.type_text("@yuanwen_bot 云帆港规划面积多大").await;
    visit.browser.until("document.querySelector('#popup .card')?.innerText.includes('平方公里')").await;
    visit.browser.picture("inline").await;
    visit.browser.click("#popup .card", "平方公里").await;
    visit.browser.until("document.querySelector('.message .via')?.innerText === 'via @yuanwen_bot'").await;
    visit.browser.until("document.querySelector('.message blockquote')?.innerText.includes('约12平方公里')").await;
    visit.browser.close().await;
}

#[tokio::test]
async fn a_phone_has_room_for_everything() {
    let Some(mut visit) = Visit::begin(INVENTED, XIAOLIN, PHONE).await else { return };
    visit.browser.click("#start", "").await;
    visit.reads("您好，我是园问。").await;
    visit.fits().await;
    visit.browser.picture("phone-start").await;
    for (question, words, name) in [
        ("云帆港有几家孵化器", "6家孵化器", "phone-answer"),
        ("火星上有水吗", "没有找到", "phone-declined"),
        ("/parks", "青禾谷", "phone-parks"),
    ] {
        visit.say(question).await;
        visit.reads(words).await;
        visit.fits().await;
        visit.browser.picture(name).await;
    }
    visit.browser.click("#menu", "").await;
    visit.browser.until("document.querySelectorAll('#popup .option').length >= 6").await;
    visit.fits().await;
    visit.browser.picture("phone-menu").await;
    visit.browser.click("#menu", "").await;
    visit.browser.turn(Screen { dark: true, ..PHONE }).await;
    visit.say("南汀有几台大科学装置").await;
    visit.reads("低温强磁场装置").await;
    visit.fits().await;
    visit.browser.picture("phone-dark").await;
    visit.browser.click("#back", "").await;
    visit
        .browser
        .until(
            "document.querySelector('#list').checkVisibility() && !document.querySelector('#chat').checkVisibility()",
        )
        .await;
    visit.browser.picture("phone-list-dark").await;
    visit.browser.click("[data-chat]", "Alice").await;
    visit.say("yunfangang area?").await;
    visit.reads("Search literally").await;
    visit.fits().await;
    visit.browser.picture("phone-english-dark").await;
    visit.browser.close().await;
}

#[tokio::test]
async fn the_picture_in_the_readme() {
    let screen = Screen { width: 900, height: 680, ..DESK };
    let Some(mut visit) = Visit::begin("knowledge", XIAOLIN, screen).await else { return };
    visit.say("大零号湾到2025年要有多少家高新企业").await;
    visit.reads("1000家以上").await;
    visit.browser.picture("readme").await;
    visit.browser.close().await;
}
