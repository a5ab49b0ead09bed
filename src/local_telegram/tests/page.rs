//! The page's own API: what it may do, and what it may not.

use super::*;

impl Bot {
    async fn deed(&self, chat: i64, deed: &str, parameters: Value) -> (u16, Value) {
        let url = format!("{}/chat/{chat}/{deed}", self.telegram.api_url());
        let response = self.client.post(url).json(&parameters).send().await.unwrap();
        (response.status().as_u16(), response.json().await.unwrap())
    }

    async fn look(&self, path: &str) -> reqwest::Response {
        self.client.get(format!("{}{path}", self.telegram.api_url())).send().await.unwrap()
    }
}

#[tokio::test]
async fn the_page_and_its_files_are_here_and_ask_nothing_from_outside() {
    let bot = Bot::start().await;
    let page = bot.look("/").await;
    assert_eq!(page.status(), 200);
    let policy = page.headers()["content-security-policy"].to_str().unwrap().to_owned();
    assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
    let text = page.text().await.unwrap();
    let quoted = text.split('"').filter(|word| word.starts_with("/page/"));
    let mut paths: Vec<&str> = quoted.chain(["/page/message.js", "/page/text.js", "/page/composer.js"]).collect();
    paths.sort_unstable();
    paths.dedup();
    assert_eq!(paths.len(), 6, "{paths:?}");
    for path in paths {
        let file = bot.look(path).await;
        assert_eq!(file.status(), 200, "{path}");
        let text = file.text().await.unwrap();
        assert!(!text.contains("innerHTML"), "{path}");
        let outside = text.matches("https://").count() + text.matches("http://").count();
        let harmless = text.matches("`https://$").count() + text.matches("http://www.w3.org/2000/svg").count();
        assert_eq!(outside, harmless, "{path}");
    }
}

#[tokio::test]
async fn another_sites_page_is_refused() {
    let bot = Bot::start().await;
    for (path, header, value) in [
        ("/chat/state", "host", "rebound.example"),
        ("/chat/state", "origin", "http://rebound.example"),
        ("/", "host", "rebound.example:8080"),
        (&format!("/bot{}/getMe", bot.telegram.token()), "origin", "null"),
    ] {
        let url = format!("{}{path}", bot.telegram.api_url());
        assert_eq!(bot.client.get(url).header(header, value).send().await.unwrap().status(), 403, "{path} {header}");
    }
}

#[tokio::test]
async fn a_person_writes_edits_and_deletes() {
    let bot = Bot::start().await;
    let (status, sent) = bot.deed(XIAOLIN, "send", json!({"person": XIAOLIN, "text": " /start "})).await;
    assert_eq!((status, &sent), (200, &json!({"message_ids": [1]})));
    let long = bot.deed(XIAOLIN, "send", json!({"person": XIAOLIN, "text": "好".repeat(5000), "reply_to": 1})).await;
    assert_eq!(long.1, json!({"message_ids": [2, 3]}), "an app cuts what is too long");
    let answer = bot.say(XIAOLIN, "你好").await;
    for (chat, deed, parameters) in [
        (XIAOLIN, "send", json!({"person": XIAOLIN, "text": " "})),
        (XIAOLIN, "send", json!({"person": ALICE, "text": "hi"})),
        (5, "send", json!({"person": ALICE, "text": "hi"})),
        (XIAOLIN, "edit", json!({"person": XIAOLIN, "message_id": answer, "text": "改"})),
        (XIAOLIN, "press", json!({"person": XIAOLIN, "message_id": answer})),
        (XIAOLIN, "delete", json!({"person": XIAOLIN, "message_id": 99})),
        (XIAOLIN, "choose", json!({"person": XIAOLIN, "query_id": "1", "result_id": "1"})),
    ] {
        assert_eq!(bot.deed(chat, deed, parameters.clone()).await.0, 400, "{deed} {parameters}");
    }
    bot.deed(XIAOLIN, "edit", json!({"person": XIAOLIN, "message_id": 1, "text": "/help"})).await;
    bot.deed(XIAOLIN, "delete", json!({"person": XIAOLIN, "message_id": 2})).await;
    let read: Value = bot.look(&format!("/chat/{XIAOLIN}/messages?person={XIAOLIN}")).await.json().await.unwrap();
    let texts: Vec<&str> = read["messages"].as_array().unwrap().iter().map(|m| m["text"].as_str().unwrap()).collect();
    assert_eq!((texts[0], texts[2], texts.len()), ("/help", "你好", 3));
    let updates = bot.updates().await;
    assert_eq!(updates[1]["message"]["reply_to_message"]["message_id"], 1);
    assert_eq!(updates[3]["edited_message"]["entities"][0]["type"], "bot_command");
    let state: Value = bot.look("/chat/state").await.json().await.unwrap();
    let titles: Vec<&str> = state["chats"].as_array().unwrap().iter().map(|c| c["title"].as_str().unwrap()).collect();
    assert_eq!(titles, ["小林", "雅婷", "Alice", "老周", "园区企业群"]);
    assert_eq!(state["chats"][0]["last"]["text"], "你好");
}

#[tokio::test]
async fn a_person_presses_and_chooses() {
    let bot = Bot::start().await;
    bot.telegram.send_text(ALICE, ALICE, "hi");
    let markup =
        json!({"inline_keyboard": [[{"text": "a", "url": "https://a.example"}, {"text": "b", "callback_data": "b"}]]});
    bot.call("sendMessage", json!({"chat_id": ALICE, "text": "hi", "reply_markup": markup})).await;
    let press = |column: usize| json!({"person": ALICE, "message_id": 2, "row": 0, "column": column});
    assert_eq!(bot.deed(ALICE, "press", press(0)).await.0, 400, "a link sends nothing");
    let (_, pressed) = bot.deed(ALICE, "press", press(1)).await;
    bot.call("answerCallbackQuery", json!({"callback_query_id": pressed["query_id"]})).await;
    bot.updates().await;
    let bot = std::sync::Arc::new(bot);
    let asked = {
        let bot = std::sync::Arc::clone(&bot);
        tokio::spawn(async move { bot.deed(ALICE, "inline", json!({"person": ALICE, "query": "rent"})).await })
    };
    let update = bot.call("getUpdates", json!({"timeout": 5})).await[0]["inline_query"].clone();
    let card = json!({"type": "article", "id": "1", "title": "t", "input_message_content": {"message_text": "40 元"}});
    bot.call("answerInlineQuery", json!({"inline_query_id": update["id"], "results": [card]})).await;
    let (status, cards) = asked.await.unwrap();
    assert_eq!((status, &cards["answer"]["results"][0]["title"]), (200, &json!("t")));
    let choice = json!({"person": ALICE, "query_id": cards["query_id"], "result_id": "1"});
    assert_eq!(bot.deed(ALICE, "choose", choice).await.0, 200);
    assert_eq!(bot.telegram.messages(ALICE).pop().unwrap().via_bot.as_deref(), Some("yuanwen_bot"));
}

#[tokio::test]
async fn a_file_goes_up_and_comes_down() {
    let bot = Bot::start().await;
    let url = format!("{}/chat/{OPERATOR}/file?person={OPERATOR}&name=%E5%9B%AD..%2F.md", bot.telegram.api_url());
    let sent = bot.client.post(&url).header("content-type", "text/markdown").body("# 张江").send().await.unwrap();
    assert_eq!(sent.status(), 200);
    assert_eq!(bot.client.post(&url).body("").send().await.unwrap().status(), 400);
    let document = bot.updates().await[0]["message"]["document"].clone();
    assert_eq!((&document["file_name"], &document["mime_type"]), (&json!("园...md"), &json!("text/markdown")));
    let down = bot.look(&format!("/chat/file/{}", document["file_id"].as_str().unwrap())).await;
    assert!(
        down.headers()["content-disposition"].to_str().unwrap().starts_with("attachment; filename*=UTF-8''%E5%9B%AD")
    );
    assert_eq!(down.text().await.unwrap(), "# 张江");
}

#[tokio::test]
async fn events_tell_what_happens() {
    let bot = Bot::start().await;
    let mut line = bot.look("/chat/events").await;
    let mut heard = String::new();
    let mut listened = false;
    while !heard.contains("\"kind\":\"action\"") {
        heard.push_str(std::str::from_utf8(&line.chunk().await.unwrap().unwrap()).unwrap());
        if heard.contains("hello") && !listened {
            listened = true;
            bot.telegram.send_text(XIAOLIN, XIAOLIN, "在吗");
            bot.call("sendChatAction", json!({"chat_id": XIAOLIN, "action": "typing"})).await;
        }
    }
    let kinds: Vec<String> = heard
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line.strip_prefix("data: ")?).ok())
        .map(|event| event["kind"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(kinds, ["hello", "message", "action"]);
}

#[tokio::test]
async fn serving_ends_when_it_is_told_to_whoever_still_listens() {
    let telegram = LocalTelegram::new(Settings::default());
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let until = async move { _ = stopped.await };
    let served = tokio::spawn(serve(listener, telegram.clone(), until));
    let client = reqwest::Client::new();
    let wait = async |client: &reqwest::Client| loop {
        let url = telegram.api_url();
        if !url.is_empty() {
            return client.get(format!("{url}/chat/events")).send().await.unwrap();
        }
        tokio::task::yield_now().await;
    };
    let mut line = wait(&client).await;
    line.chunk().await.unwrap();
    stop.send(()).unwrap();
    served.await.unwrap().unwrap();
    assert!(line.chunk().await.is_err(), "the line is cut");
}
