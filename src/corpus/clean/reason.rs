//! Why a line is not the document, in words that `import` reports.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Why a line is not the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Reason {
    /// 当前位置:首页 > …
    Navigation,
    /// The name of the site above or below the article.
    SiteName,
    /// 浏览量:12, 字号, 打印
    Counter,
    /// 展开, 分享, 评论
    Button,
    /// 来源, 作者, 发布时间: what the source says instead.
    Byline,
    /// 1.jpg
    Image,
    /// 某某供图
    Credit,
    /// 扫一扫
    Code,
    /// Sales lines and their telephone numbers.
    Advertising,
    /// 版权声明, 备案号
    Copyright,
    /// 标签, 关键词
    Tags,
    /// 相关文章 and what follows it.
    Related,
    /// The title and the cut-off beginning of another article.
    Teaser,
    /// A label for search engines, or a description that only repeats.
    SearchEngine,
    /// A table of contents in one line.
    Contents,
    /// The title once more.
    Title,
    /// A paragraph that stands further up, word for word.
    Duplicate,
    /// What a web page shows beside its article.
    Around,
    /// The line at the top or foot of every page of a paper.
    Running,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Navigation => "navigation",
            Self::SiteName => "name of the site",
            Self::Counter => "counter or page tools",
            Self::Button => "button",
            Self::Byline => "line about the source",
            Self::Image => "name of an image",
            Self::Credit => "caption or credit of a picture",
            Self::Code => "invitation to scan or follow",
            Self::Advertising => "advertising and contacts",
            Self::Copyright => "copyright and footer",
            Self::Tags => "tags",
            Self::Related => "other articles",
            Self::Teaser => "teaser of another article",
            Self::SearchEngine => "text for search engines",
            Self::Contents => "table of contents",
            Self::Title => "title once more",
            Self::Duplicate => "paragraph once more",
            Self::Around => "beside the article",
            Self::Running => "head or foot of every page",
        })
    }
}
