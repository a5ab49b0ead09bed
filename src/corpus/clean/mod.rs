//! What of a web page is not the document: navigation, counters, advertising, related articles. Rules are about pages
//! nobody has seen, in both scripts; what they take is listed with its reason. Knows nothing of headings or titles.

mod reason;
#[rustfmt::skip] // one word a line would be 500 lines
mod words;
mod line_rules;
mod byline;
mod credit;
mod phone;
mod selling;
mod block_rules;

use std::collections::HashMap;

pub use reason::Reason;

use serde::{Deserialize, Serialize};

use super::line::Line;
use crate::analysis::script::folded;

/// A line, or a part of one, that is not the document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dropped {
    /// Its number in the original.
    pub line: usize,
    /// What was taken away.
    pub text: String,
    /// Why.
    pub reason: Reason,
}

/// A line with what the rules ask of it.
struct Seen<'a> {
    line: Line<'a>,
    /// In one script, one width and lower case, character for character.
    folded: String,
    chars: usize,
    verdict: Verdict<'a>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict<'a> {
    Keep,
    /// Only this part of the line is the document.
    Part(&'a str, Reason),
    Drop(Reason),
}

impl Seen<'_> {
    fn dropped(&self) -> bool {
        matches!(self.verdict, Verdict::Drop(_))
    }

    /// A paragraph of running text that is all there: not a title, and not a teaser cut short.
    fn is_paragraph(&self) -> bool {
        // Forty characters are a sentence or two; titles and captions stay below.
        self.chars >= 40 && self.folded.ends_with(['。', '!', '?', '”', '」', ')', ':', ';'])
    }
}

/// Parts the document from its page. Kept lines have their numbers in the original; every character of every line is in
/// one of the two lists, but for spaces.
pub fn clean<'a>(lines: &[Line<'a>]) -> (Vec<Line<'a>>, Vec<Dropped>) {
    let mut seen: Vec<Seen<'a>> = lines
        .iter()
        .map(|&line| {
            let folded = folded(line.text);
            let chars = folded.chars().count();
            let verdict = line_rules::judge(line.text, &folded, chars);
            Seen { line, folded, chars, verdict }
        })
        .collect();
    block_rules::site_name(&mut seen);
    block_rules::contents(&mut seen);
    block_rules::teasers(&mut seen);
    block_rules::related(&mut seen);
    block_rules::offices(&mut seen);
    block_rules::contacts(&mut seen);
    block_rules::advertising(&mut seen);
    block_rules::footers(&mut seen);
    block_rules::descriptions(&mut seen);
    block_rules::duplicates(&mut seen);
    let mut kept = Vec::with_capacity(seen.len());
    let mut dropped = Vec::new();
    // A blank line above something dropped still parts what stands around it.
    let mut blank = false;
    for Seen { line, verdict, .. } in seen {
        blank |= line.after_blank;
        let text = match verdict {
            Verdict::Keep => line.text,
            Verdict::Part(part, reason) => {
                let rest = line.text.replacen(part, "", 1);
                dropped.push(Dropped { line: line.number, text: rest.trim().to_owned(), reason });
                part
            }
            Verdict::Drop(reason) => {
                dropped.push(Dropped { line: line.number, text: line.text.to_owned(), reason });
                continue;
            }
        };
        kept.push(Line { text, after_blank: blank, ..line });
        blank = false;
    }
    (kept, dropped)
}

/// How many lines were dropped for each reason, in the order of the reasons.
pub fn summary(dropped: &[Dropped]) -> Vec<(Reason, usize)> {
    let mut counts: HashMap<Reason, usize> = HashMap::new();
    for line in dropped {
        *counts.entry(line.reason).or_default() += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_unstable();
    counts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::line::lines;

    fn dropped(text: &str) -> Vec<(usize, Reason)> {
        clean(&lines(text)).1.into_iter().map(|line| (line.line, line.reason)).collect()
    }

    fn kept(text: &str) -> Vec<&str> {
        clean(&lines(text)).0.into_iter().map(|line| line.text).collect()
    }

    /// The line goes for this reason, in both scripts.
    fn goes(text: &str, reason: Reason) {
        for text in [text.to_owned(), crate::analysis::script::traditional(text)] {
            assert_eq!(dropped(&text), [(1, reason)], "{text}");
        }
    }

    fn stays(text: &str) {
        assert_eq!(kept(text), [text]);
    }

    #[test]
    fn page_furniture_goes_with_its_reason() {
        goes("当前位置：首页 > 园区动态 > 正文", Reason::Navigation);
        goes("首页 | 办事指南 | 通知公告 | 联系我们", Reason::Navigation);
        goes("首页 园区介绍 招商政策 联系方式", Reason::Navigation);
        goes("浏览次数：1024", Reason::Counter);
        goes("2024-05-01 10:00 浏览量:12次 字号:大 中 小", Reason::Counter);
        goes("admin3天前 (05-01)园区动态12", Reason::Counter);
        goes("【打印】 【关闭】 【收藏】", Reason::Button);
        goes("- 评论", Reason::Button);
        goes("分享到：微信 微博 QQ空间", Reason::Button);
        goes("来源：云禾日报  作者：张三", Reason::Byline);
        goes("责任编辑：李四", Reason::Byline);
        goes("《云禾日报》记者 张三/云禾报道", Reason::Byline);
        goes("云禾网记者 张三 实习生 李四", Reason::Byline);
        goes("（本报记者 张三 通讯员 李四）", Reason::Byline);
        goes("2025-03-18 07:12 来源：云禾晚报·云报客户端", Reason::Byline);
        goes("2024年06月18日08:12 | 来源:云禾网", Reason::Byline);
        goes("原创 小云 云禾发布 2024年11月22日 18:06 云禾", Reason::Byline);
        goes("收藏 查看 我的收藏 0 有用+1 分享", Reason::Button);
        goes("江边老张：总算通车了。 赞 57", Reason::Button);
        goes("（全文约3600字，阅读需要9分钟）", Reason::Counter);
        goes("政策解读：《云禾园扶持办法》", Reason::Related);
        goes("相关解读：一图读懂云禾园扶持办法", Reason::Related);
        goes("“云禾园概况”的相关文章", Reason::Related);
        goes("附件：1.报名表.docx 2.说明书.pdf", Reason::Related);
        goes("新闻热线：021-××××6120　版权所有 未经授权不得转载", Reason::Copyright);
        goes("【广告】云禾新城精装写字楼", Reason::Advertising);
        goes("云禾区政府办公室 2025年5月20日印发", Reason::Byline);
        goes("图1 云禾园鸟瞰 摄影/张三", Reason::Credit);
        goes("图2：云禾园南门", Reason::Credit);
        goes("图为云禾镇干部在园区听取汇报", Reason::Credit);
        goes("▲云禾园俯瞰", Reason::Credit);
        goes("张三（左三）在云禾园调研", Reason::Credit);
        goes("IMG_0012.JPG", Reason::Image);
        goes("园区一角。云禾区委宣传部供图", Reason::Credit);
        goes("（图一）园区大门。摄影/张三", Reason::Credit);
        goes("长按识别二维码，关注云禾", Reason::Code);
        goes("招商热线：400-555-0123", Reason::Advertising);
        goes("版权声明：本文由云禾网发布，如需转载请注明出处。", Reason::Copyright);
        goes("沪ICP备12345678号", Reason::Copyright);
        goes("标签：园区 招商", Reason::Tags);
        goes("下一篇：云禾园举办运动会", Reason::Related);
        goes("友情链接：云禾区政府 | 云禾网", Reason::Related);
        goes("更多资讯请关注：云禾网", Reason::Related);
    }

    #[test]
    fn what_a_document_says_stays() {
        for text in [
            "所在位置：东路66号一号楼。",
            "扫码支付的，可在窗口领取发票，也可在手机上下载电子发票，有效期一年。",
            "未经许可不得转租、分租。",
            "主办单位：云禾区科委",
            "2025年3月18日 14:30 开幕式",
            "▲ 押金为三个月租金，按季付租。",
            "▲ 6号楼已全部租完",
            "▲ 营业执照复印件",
            "▲ 图书馆周末开放",
            "政策解读",
            "记者站有记者三名",
            "园区推广新技术",
            "广告 设计 会展",
            "推广：面向全市试用",
            "赞助商须在三月前报名",
            "原创 新药 12个",
            "技术支持：为企业提供检测设备",
            "园区点击率高的项目",
            "阅读：书香园区的一天",
            "审核：3个工作日",
            "注：本文观点仅代表作者个人意见。",
            "地址：东路66号 电话：021-55501234",
            "科技创新科 021-55501234",
            "周一至周五 9:00-11:30 13:30-17:00",
            "园区可提供建模、制图。",
            "2019 2020 2021 2022",
            "来访者可关注微信公众号办理登记，再由南门进入园区，停车免费两小时。",
        ] {
            stays(text);
        }
    }

    #[test]
    fn the_telephone_of_an_office_stays_beside_its_hours() {
        assert_eq!(kept("服务大厅\n办公时间：周一至周五\n咨询电话：021-55501234").len(), 3);
        assert_eq!(kept("园区三年变了样。\n咨询电话：021-55501234"), ["园区三年变了样。"]);
    }

    #[test]
    fn a_table_of_contacts_keeps_its_numbers() {
        let table = "部门\n事项\n电话\n科技科\n研发补助\n021-55501234\n人才科\n公寓申请\n021-55501235";
        assert_eq!(kept(table).len(), 9);
        assert_eq!(kept("园区三年变了样。\n021-55501234"), ["园区三年变了样。"]);
    }

    #[test]
    fn a_caption_that_tells_something_stays_without_its_credit() {
        let caption = "由旧仓库改建的孵化楼今年五月启用，一楼是共享实验室。";
        assert_eq!(kept(&format!("（图二）{caption}摄影/张三")), [caption]);
    }

    #[test]
    fn the_name_of_the_site_goes_where_a_breadcrumb_follows() {
        assert_eq!(
            kept("云禾区政府门户\n首页 > 政策\n关于扶持企业的通知\n现通知如下。"),
            ["关于扶持企业的通知", "现通知如下。"]
        );
        assert_eq!(kept("关于扶持企业的通知\n现通知如下。\n云禾信息网"), ["关于扶持企业的通知", "现通知如下。"]);
    }

    #[test]
    fn related_articles_go_up_to_the_next_whole_paragraph() {
        let whole = "园区第二期工程今年开工，占地八十公顷，建成后可容纳三百家企业和两万名员工在此工作。";
        let text = format!("正文。\n相关阅读\n园区举办运动会\n园区获奖\n{whole}");
        assert_eq!(kept(&text), ["正文。", whole]);
        assert_eq!(kept("正文。\n相关链接：\n一、园区概况"), ["正文。", "一、园区概况"]);
    }

    #[test]
    fn a_title_printed_twice_above_a_cut_paragraph_is_a_teaser() {
        assert_eq!(
            kept("正文。\n\n园区举办运动会\n\n园区举办运动会\n\n昨日，园区举办了...\n\n正文又一段。"),
            ["正文。", "正文又一段。"]
        );
        assert_eq!(kept("园区举办运动会\n园区举办运动会\n昨日举办。").len(), 3);
    }

    #[test]
    fn a_block_of_sales_lines_goes_whole() {
        let text = "正文。\n\n王经理微信号\n厂房出租：13900001111\n层高八米可分割\n扫一扫加微信\n\n正文又一段。";
        assert_eq!(kept(text), ["正文。", "正文又一段。"]);
    }

    #[test]
    fn a_line_of_contents_goes_if_it_only_names_headings() {
        assert_eq!(kept("园区概况,扶持政策,\n园区概况\n好。\n扶持政策\n多。").len(), 4);
        assert_eq!(kept("园区概况,交通\n园区概况\n好。").len(), 3);
    }

    #[test]
    fn labels_for_search_engines_go_and_their_text_stays_unless_it_repeats() {
        assert_eq!(kept("元描述: 园区在东边。本文作了介绍。\n园区在东边。很大。"), ["园区在东边。很大。"]);
        assert_eq!(kept("元描述: 园区有三期。\n园区在东边。"), ["园区有三期。", "园区在东边。"]);
        assert_eq!(kept("吸引人的段落: 园区在东边。"), ["园区在东边。"]);
    }

    #[test]
    fn a_paragraph_that_stands_twice_stands_once() {
        let whole = "园区第二期工程今年开工，占地八十公顷，建成后可容纳三百家企业和两万名员工在此工作。";
        assert_eq!(dropped(&format!("{whole}\n园区在东边。\n{whole}")), [(3, Reason::Duplicate)]);
        assert_eq!(kept("好。\n东边。\n好。").len(), 3);
        assert_eq!(kept(&format!("在哪？\n{whole}\n多大？\n{whole}")).len(), 4);
    }

    #[test]
    fn what_is_dropped_and_what_is_kept_are_the_whole() {
        let text = "首页 > 政策\n（图二）由旧仓库改建的孵化楼今年五月启用，一楼是共享实验室。摄影/张三\n正文。";
        let (kept, dropped) = clean(&lines(text));
        let chars = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count();
        let sum: usize =
            kept.iter().map(|line| chars(line.text)).chain(dropped.iter().map(|line| chars(&line.text))).sum();
        assert_eq!(sum, chars(text));
        assert_eq!(summary(&dropped), [(Reason::Navigation, 1), (Reason::Credit, 1)]);
    }
}
