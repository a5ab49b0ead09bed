//! `/words`: shown, and added to without disturbing what stands there.

use std::fs;

use yuanwen::local_telegram::XIAOLIN;

use super::harness::Talk;
use super::show::show;

#[tokio::test]
async fn another_name_of_a_park_is_understood_after_a_reload() {
    let talk = Talk::start_with_operator().await;
    insta::assert_snapshot!(show(&talk.order("/words").await), @r"
    **words.toml**
    还没有这个文件；添加第一条时会建立。

    添加同义词：/words 晶片 = 芯片
    添加园区别名：/words 新名称 = 园区名称
    去掉一个词：/words 晶片 =
    ");
    let added = talk.order("/words 扬波湾 = 云帆港").await;
    insta::assert_snapshot!(show(&added), @r"
    已添加：「扬波湾」是「云帆港」的别名。重新载入后生效。
    [🔄 重新载入]
    ");
    let before = talk.ask(XIAOLIN, "扬波湾的规划面积多大").await;
    assert!(!before.text.contains("约12平方公里"), "{}", before.text);
    talk.reload(&added).await;
    let after = talk.ask(XIAOLIN, "扬波湾的规划面积多大").await;
    assert!(after.text.contains("约12平方公里"), "{}", after.text);
    talk.end().await;
}

#[tokio::test]
async fn a_synonym_is_added_and_the_file_stays_readable() {
    let talk = Talk::start_with_operator().await;
    let path = talk.file("words.toml");
    fs::write(&path, "# 手写\n[[same]] # 房子\nwords = [\"公寓\", \"宿舍\"]\n").unwrap();
    insta::assert_snapshot!(show(&talk.order("/words 蜗居 = 公寓").await), @r"
    已添加同义词：公寓 = 宿舍 = 蜗居。重新载入后生效。
    [🔄 重新载入]
    ");
    assert_eq!(fs::read_to_string(&path).unwrap(), "# 手写\n[[same]] # 房子\nwords = [\"公寓\", \"宿舍\", \"蜗居\"]\n");
    insta::assert_snapshot!(show(&talk.order("/words 鲸鱼 ＝ 海豚").await), @r"
    已添加同义词：鲸鱼 = 海豚。重新载入后生效。
    注意：现在的资料里没有这些词，还不会起作用。
    [🔄 重新载入]
    ");
    let list = talk.order("/words").await;
    insta::assert_snapshot!(show(&list), @r"
    **words.toml**

    同义词：
    · 公寓 = 宿舍 = 蜗居
    · 鲸鱼 = 海豚

    添加同义词：/words 晶片 = 芯片
    添加园区别名：/words 新名称 = 园区名称
    去掉一个词：/words 晶片 =
    [⬇ 下载]
    ");
    let file = talk.told(&list, "⬇ 下载").await;
    assert_eq!(talk.telegram.file(&file).unwrap().1, fs::read(&path).unwrap());
    let actions: Vec<_> = talk.actions().await.into_iter().map(|(a, b, c)| format!("{a} {b} {c}")).collect();
    insta::assert_snapshot!(actions.join("\n"), @r"
    words 蜗居 = 公寓 added
    words 鲸鱼 = 海豚 added
    words  shown
    download words.toml sent
    ");
    talk.end().await;
}

#[tokio::test]
async fn a_synonym_is_taken_out_again() {
    let talk = Talk::start_with_operator().await;
    insta::assert_snapshot!(show(&talk.order("/words 的 = 公寓").await), @r"
    已添加同义词：的 = 公寓。重新载入后生效。
    注意：「的」太短，会影响许多别的问题。不合适的话，可以去掉：/words 的 =
    [🔄 重新载入]
    ");
    let added = talk.order("/words 恐龙 = 霸王龙").await;
    let reloaded = talk.told(&added, "🔄 重新载入").await;
    assert!(reloaded.text.contains("words.toml 第 4 行：资料里没有「恐龙」"), "{}", reloaded.text);
    assert!(talk.order("/status").await.text.contains("words.toml 第 4 行：资料里没有「恐龙」"));
    insta::assert_snapshot!(show(&talk.order("/words 恐龙 =").await), @r"
    已去掉「恐龙」。重新载入后生效。
    [🔄 重新载入]
    ");
    talk.order("/words 的 =").await;
    insta::assert_snapshot!(show(&talk.order("/words 恐龙 =").await), @"words.toml 的同义词和别名里没有「恐龙」，没有改动。");
    assert!(!fs::read_to_string(talk.file("words.toml")).unwrap().contains("same"));
    talk.end().await;
}

#[tokio::test]
async fn what_makes_no_sense_is_refused_and_changes_nothing() {
    let talk = Talk::start_with_operator().await;
    for (typed, said) in [
        (
            "/words 公寓",
            "添加同义词：/words 晶片 = 芯片\n添加园区别名：/words 新名称 = 园区名称\n去掉一个词：/words 晶片 =",
        ),
        ("/words 云帆港 = 青禾谷", "「青禾谷」、「云帆港」是不同的园区，一次请只写一个。"),
        ("/words 青禾 = 青禾谷", "已经有了，没有改动。"),
        ("/words 「」 = 青禾谷", "「「」」不能作为词语：最多 32 个字，不能换行。"),
    ] {
        assert_eq!(show(&talk.order(typed).await), said, "{typed}");
    }
    let path = talk.file("words.toml");
    assert!(!path.exists());
    fs::write(&path, "same = [").unwrap();
    let broken = talk.order("/words 甲地 = 乙地").await;
    assert!(broken.text.starts_with("words.toml 有错，请先改好：1: "), "{}", broken.text);
    insta::assert_snapshot!(show(&talk.order("/reload").await), @"没有成功：words.toml 第 1 行写得不对，读不懂。请先改好；仍用原来的资料回答。");
    assert_eq!(fs::read_to_string(&path).unwrap(), "same = [");
    talk.end().await;
}

#[tokio::test]
async fn a_file_in_another_encoding_is_changed_and_kept_in_utf_8() {
    let talk = Talk::start_with_operator().await;
    let path = talk.file("words.toml");
    let text = "# 园区里常说的词\n[[same]]\nwords = [\"仪器\", \"设备\"]\n";
    fs::write(&path, encoding_rs::GB18030.encode(text).0).unwrap();
    assert!(talk.order("/words").await.text.contains("· 仪器 = 设备"));
    assert_eq!(talk.order("/words 仪器 = 设备").await.text, "已经有了，没有改动。");
    assert_eq!(fs::read(&path).unwrap(), *encoding_rs::GB18030.encode(text).0, "nothing was changed");
    insta::assert_snapshot!(show(&talk.order("/words 装备 = 设备").await), @r"
    已添加同义词：仪器 = 设备 = 装备。重新载入后生效。
    文件原来不是 UTF-8，已改存为 UTF-8，其他内容不变。
    [🔄 重新载入]
    ");
    assert_eq!(fs::read_to_string(&path).unwrap(), text.replace("\"设备\"", "\"设备\", \"装备\""));
    assert_eq!(talk.order("/words 装备 =").await.text, "已去掉「装备」，留下：仪器 = 设备。重新载入后生效。");
    fs::write(&path, [text.as_bytes(), b"\xff = 1"].concat()).unwrap();
    let said = "没有成功：words.toml 第 4 行：有不是 UTF-8 的字节，请重新存为 UTF-8";
    assert_eq!(talk.order("/words 装备 = 设备").await.text, said);
    talk.end().await;
}

#[tokio::test]
async fn a_folder_that_cannot_be_changed_is_said_to_be() {
    let talk = Talk::start_with_operator().await;
    fs::create_dir(talk.file("words.toml")).unwrap();
    for typed in ["/words", "/words 甲地 = 乙地"] {
        let failed = talk.order(typed).await;
        assert!(failed.text.starts_with("没有成功：words.toml"), "{}", failed.text);
    }
    assert!(talk.actions().await.iter().all(|(_, _, outcome)| outcome.starts_with("failed: words.toml")));
    talk.end().await;
}
