//! Five kinds of web page with what stands around their articles.

use super::{document, holds};

#[test]
fn a_government_page() {
    let imported = document("page-government.html");
    assert_eq!(imported.title, "关于印发《云麓创新谷人才安居办法》的通知");
    holds(
        &imported,
        &[
            "publisher: 临川市人才工作办公室\npublished: 2024-05-16\nurl: https://www.example.gov/art/2024/5/16/art_118_20931.html\n",
            "租房补贴按月发放，标准如下：",
            "| 层次 | 每月补贴 | 最长期限 |\n|---|---|---|\n| 博士、正高级职称 | 二千六百元 | 四十八个月 |",
            "租金为同地段市场租金的百分之七十。",
        ],
        &["无障碍", "新闻中心", "当前位置", "浏览次数", "分享到", "防汛", "青年见习", "ICP", "分辨率", "页面脚本"],
    );
}

#[test]
fn an_article_of_an_app() {
    let imported = document("page-wechat.html");
    assert_eq!(imported.title, "在澄溪湾，一家小公司怎样造出会“闻”的芯片");
    holds(
        &imported,
        &[
            "publisher: 澄溪湾发布\n",
            "published: 2024-07-09\n",
            "## 从一间地下室开始",
            "## 三年，两千次失败",
            "园区免去了头两年的租金，还借给他们一台二手的气相色谱仪。",
            "- 提供每年一百机时的免费检测。",
        ],
        &["点击上方", "供图", "识别二维码", "扫一扫", "宋一舟", "阅读 4021", "三连", "END"],
    );
}

#[test]
fn a_news_site() {
    let imported = document("page-news.html");
    assert_eq!(imported.title, "霜桥园区：老厂房里的新账本");
    holds(
        &imported,
        &["publisher: 临川经济报\n", "published: 2023-12-07\n", "改造厂房二十七栋", "前三年免收租金。"],
        &["学区房", "早餐", "保暖", "沙发", "灯会", "责任编辑", "版权声明", "ICP", "要闻"],
    );
    assert_eq!(imported.markdown.matches("我们没有拆一栋楼").count(), 1);
    assert!(imported.dropped.iter().any(|omitted| omitted.characters > 0 && !omitted.samples.is_empty()));
}

#[test]
fn an_encyclopedia_in_traditional_characters() {
    let imported = document("page-encyclopedia.html");
    assert_eq!(imported.title, "霧山科學園區");
    holds(
        &imported,
        &[
            "園區面積六百二十公頃，由霧山科學園區管理局管理。",
            "成立時間：1998年7月",
            "## 歷史沿革",
            "### 醫療器材",
            "| 2022年 | 一百四十九億元 | 一百六十億元 |",
            "另有五條免費接駁巴士路線。",
        ],
        &["[1]", "編輯]", "溫泉", "瀏覽次數", "權威合作", "隱私政策"],
    );
}

#[test]
fn a_question_in_a_forum_with_its_answers() {
    let imported = document("page-forum.html");
    holds(
        &imported,
        &["星湖科创园的工位怎么租", "共享工位每个每月六百八十元", "两个工作日内可以入驻。", "第一个月可以免费试用"],
        &["举报", "吃饭", "避坑", "小黑屋", "浏览 932"],
    );
}
