//! The words by which page furniture is known, folded to one script. Data only.

/// A line made of nothing else is a row of buttons.
pub(super) const BUTTONS: &[&str] = &[
    "展开", "收起", "展开全文", "收起全文", "展开更多", "阅读全文", "查看全文", "查看更多", "查看详情", "更多",
    "加载更多", "点击查看更多", "打印", "打印本页", "打印本文", "分享", "分享到", "分享至", "分享给朋友", "转发",
    "收藏", "收藏本页", "点赞", "赞", "踩", "举报", "纠错", "我要纠错", "关闭", "关闭窗口", "关闭本页", "返回",
    "返回顶部", "返回列表", "返回首页", "回到顶部", "top", "评论", "网友评论", "发表评论", "我要评论", "写评论",
    "暂无评论", "全部评论", "热门评论", "关注", "取消关注", "订阅", "登录", "注册", "首页", "上一页", "下一页",
    "尾页", "大", "中", "小", "字号", "字体", "字体大小", "微信", "微博", "qq", "qq空间", "qq好友", "朋友圈",
    "新浪微博", "腾讯微博", "facebook", "twitter", "line", "复制链接", "无障碍", "无障碍浏览", "长者模式", "繁体",
    "简体", "繁体版", "简体版", "english", "网站地图", "联系我们", "联络我们", "关于我们", "加入我们", "回上页", "回上一页", "回首页", "网站导览", "隐私权政策", "隐私声明",
    "隐私政策", "法律声明", "免责条款", "使用帮助", "意见反馈", "rss", "搜索", "没有了", "图片", "视频", "播放",
    "朗读", "听全文", "end", "the end", "目录", "播报", "编辑", "讨论", "上传视频", "查看", "我的收藏", "有用", "没用",
    "历史版本", "编辑历史", "打赏", "在看", "留言", "复制连结", "友善列印", "转寄好友", "字级", "小字号", "大字号",
    "中字号", "whatsapp", "wechat", "telegram", "threads", "instagram", "email", "订阅电子报", "广告刊登", "我要评论",
    "点击阅读原文", "阅读原文", "点击图片查看大图", "点击查看大图", "查看大图", "视频加载中", "打开app阅读全文", "打开app", "正文", "下载", "扫码", "全文", "a", "t", "|", "/",
];

/// A line that starts with one of these says where the page stands.
pub(super) const BREADCRUMBS: &[&str] = &[
    "当前位置", "您的位置", "你的位置", "您当前的位置", "您当前位置", "您所在的位置", "您所在位置", "您现在的位置",
    "你所在的位置", "现在位置", "所在位置", "首页>", "首页 >", "首页»", "首页 »", "首页-", "首页 -", "首页/",
    "首页 /", "home >", "home>", "网站首页>", "网站首页 >",
];

/// Any of these in a bar of short words makes it navigation.
pub(super) const MENU: &[&str] = &[
    "首页", "地图", "联系我们", "联络我们", "登录", "注册", "隐私", "声明", "投诉", "下载", "办事指南", "常见问题",
    "新闻中心", "关于我们", "政务公开", "互动交流", "english", "无障碍", "收藏", "个人中心", "搜索", "通知公告",
];

/// Counters, where a number follows at once.
pub(super) const COUNTERS: &[&str] = &[
    "浏览量", "浏览次数", "浏览数", "浏览人数", "浏览", "点击量", "点击数", "点击次数", "点击率", "点击", "阅读量",
    "阅读数", "阅读次数", "阅读", "浏览人次", "访问人次", "编辑次数", "访问量", "访问次数", "评论数", "转发数", "人气", "热度",
];
/// Page tools, in a line that is no sentence.
pub(super) const TOOLS: &[&str] = &[
    "次阅读", "人阅读", "次浏览", "人浏览", "字号:", "字号【", "字号[", "字体:", "字体大小", "打印本页", "关闭窗口",
    "【打印", "[打印", "分享到:", "分享到 ", "收藏本",
];

/// A line that starts with one of these is a site's own.
pub(super) const COPYRIGHT: &[&str] = &[
    "版权声明", "版权所有", "版权归", "版权说明", "copyright", "©", "本文链接", "原文链接", "本页链接", "本文网址",
    "文章链接", "转载请注明", "如需转载", "网站标识码", "备案号", "最佳浏览", "本站声明", "网站声明", "本网声明",
    "声明:本站", "声明:本网", "免责声明:本站", "免责声明:本网",
];
/// The same anywhere in a short line.
pub(super) const COPYRIGHT_INSIDE: &[&str] = &[
    "icp备", "icp证", "公网安备", "网站标识码", "如需转载", "转载请注明", "转载须注明", "all rights reserved",
    "侵权请联系", "未经授权不得", "未经授权,不得", "未经许可不得转载", "联系我们删除", "联系删除", "分辨率浏览", "分辨率以上浏览",
];
/// Who runs a site, if the line stands among its other furniture; elsewhere who holds an event.
pub(super) const FOOTERS: &[&str] = &[
    "主办:", "主办单位:", "承办:", "承办单位:", "技术支持:", "网站管理:", "维护单位:", "运维单位:", "建设单位:",
];

/// A line that is one of these, alone or before a colon, leads away from the document.
pub(super) const RELATED: &[&str] = &[
    "相关文章", "相关连结", "相关网站", "友善连结", "友站连结", "网站连结", "相关阅读", "相关链接", "相关新闻", "相关词条", "相关推荐", "相关资讯", "相关内容", "相关报道",
    "相关信息", "相关下载", "相关稿件", "相关专题", "热门词条", "热门文章", "热门推荐", "热门新闻", "热门标签",
    "热点推荐", "热点新闻", "推荐阅读", "推荐文章", "推荐新闻", "推荐内容", "精彩推荐", "编辑推荐", "为您推荐",
    "为你推荐", "延伸阅读", "拓展阅读", "扩展阅读", "猜你喜欢", "大家都在看", "大家还在看", "最新文章", "最新资讯",
    "最新新闻", "最新动态", "更多文章", "更多新闻", "更多精彩", "更多推荐", "阅读推荐", "同类文章", "友情链接",
    "快速链接", "热门搜索", "相关搜索", "相关条目", "热门条目", "相关解读", "解读链接", "猜你关注", "附件下载", "词条标签", "热门关键词", "看过本文的人还看了", "往期回顾", "往期推荐", "下载附件",
];
/// A line that announces other articles ends so: “园区概况”的相关文章.
pub(super) const RELATED_ENDINGS: &[&str] = &["的相关文章", "的相关新闻", "的相关资讯", "的相关内容", "的更多文章"];
/// A line with one of these before its colon leads to one other article.
pub(super) const NEIGHBOURS: &[&str] = &[
    "上一篇", "下一篇", "上一条", "下一条", "上篇", "下篇", "上一则", "下一则", "前一篇", "后一篇",
];

/// A line that starts with one of these is paid for by somebody else.
pub(super) const PAID: &[&str] = &[
    "广告:", "广告】", "广告]", "广告)", "推广】", "赞助资讯", "猜你关注:广告",
];

/// What only those say who sell for others.
pub(super) const SELLING: &[&str] = &[
    "零中介", "免中介", "中介勿扰", "免佣", "零佣金", "不收佣金", "一分钱佣金", "微信同号", "免费带看", "免费看厂",
    "免费看房", "专车看房", "赏屋", "认筹", "火热招租", "热租中", "注册返税", "随到随看", "先到先选", "看到饱",
    "自备款", "一手房源", "可按揭", "独栋双证", "现房实景", "现房发售", "看园礼", "说明来自", "专属顾问",
    "营销中心", "贵宾专线",
];
/// What they say too, and others as well.
pub(super) const PERSUADING: &[&str] = &[
    "看房", "看厂", "招租", "详询", "请拨", "礼包", "再送", "专车接送", "选址", "热线", "专线", "在线留言", "代办", "欢迎咨询",
    "特价", "拎包", "招拍挂", "出租", "出售",
];

/// A short line that starts with one of these asks to scan or to follow.
pub(super) const CODES: &[&str] = &[
    "扫一扫", "扫码", "扫描二维码", "扫描下方", "扫描上方", "长按", "微信扫", "识别二维码", "识别图中", "手机扫",
    "请扫描", "用微信扫", "关注公众号", "关注我们", "关注微信", "欢迎关注", "敬请关注", "点击关注", "微信公众号",
    "官方微信", "官方微博", "点击上方", "点击蓝字", "点击下方", "点击“阅读原文", "点击阅读原文", "分享让更多人看到", "喜欢就分享", "打开微信",
    "下载客户端", "下载app", "点赞、在看", "点个在看", "点亮在看", "继续滑动看下一个", "预览时标签不可点", "轻触阅读原文",
    "轻点两下",
];

/// A line that starts with one of these is told by the source instead.
pub(super) const BYLINES: &[&str] = &[
    "来源:", "文章来源:", "信息来源:", "稿件来源:", "消息来源:", "新闻来源:", "本文来源:", "来源丨", "来源|",
    "作者:", "作者/", "作者|", "文/", "文|", "文丨", "文字|", "文字丨", "图|", "图丨", "撰文", "采写:", "参与采写", "抄送:", "编辑:", "编辑/", "编辑|", "责编:", "责任编辑",
    "责任编审", "通讯员:", "记者/", "记者|", "图文/", "发布者:", "发布人:", "发布于", "发表于",
];
/// The same, if only a name follows.
pub(super) const NAME_LINES: &[&str] = &[
    "文字:", "文案:", "审核:", "校对:", "审校:", "监制:", "编审:", "供稿:", "撰稿:", "排版:", "录入:", "图/", "图|", "摄影/", "摄影:",
    "信息提供",
];
/// Fields of the rows in which a page tells about itself; two make a row.
pub(super) const FIELDS: &[&str] = &[
    "来源:", "作者:", "编辑:", "阅读:", "浏览:", "点击:", "发布时间:", "发布日期:", "更新时间:", "更新日期:",
    "索引号:", "主题分类:", "发文机关:", "发文单位:", "发布机构:", "公开类别:", "公开方式:", "成文日期:",
    "发文日期:", "体裁分类:", "发文字号:", "信息分类:", "所属分类:", "责任编辑:", "浏览次数:", "阅读次数:",
    "点击次数:", "发布机关:", "公开时限:", "信息来源:", "文章来源:", "发布人:",
];
/// Fields that tell about many things, and need one of the others beside them.
pub(super) const WEAK_FIELDS: &[&str] = &[
    "时间:", "日期:", "文号:", "有效性:", "关键词:", "栏目:", "分类:",
];

/// How the names of offices end, in a list of contacts.
pub(super) const OFFICE_ENDINGS: &[&str] = &[
    "科", "股", "局", "委", "办", "办公室", "处", "厅", "服务中心", "窗口", "大厅", "街道", "管委会", "服务站", "支队", "分局",
    "管理处", "村委", "居委会", "学院", "医院", "派出所", "消防站",
];

/// With a telephone number in a short line: somebody sells.
pub(super) const SALES: &[&str] = &[
    "招商", "租售", "出租", "出售", "租赁热线", "售楼", "微信", "加v", "vx", "qq", "热线", "洽谈", "选址", "看房",
    "厂房", "写字楼", "咨询:", "联系人", "手机", "电话/", "代办", "经理", "置业", "顾问", "抢购", "来电",
];
/// A short line with one of these asks for business.
pub(super) const SOLICITING: &[&str] = &[
    "请说明您的", "请留下您的", "请填写您的", "留下您的联系", "留下您的电话", "欢迎来电", "欢迎致电", "加微信",
    "添加微信", "售楼处", "竭诚为您", "招商热线", "租赁热线", "销售热线",
];
/// Before the number of an office, which stands by its address or hours.
pub(super) const OFFICE_PHONES: &[&str] = &[
    "咨询电话", "联系电话", "服务电话", "窗口电话", "办公电话", "监督电话", "投诉电话", "值班电话", "电话",
];
/// What stands around it.
pub(super) const OFFICES: &[&str] = &[
    "地址", "办公地址", "办公地点", "地点", "办公时间", "工作时间", "受理时间", "开放时间", "服务时间", "营业时间",
    "窗口", "受理地点", "办理地点", "办理时间",
];

/// Labels that tools for search engines print before a text that itself may stay.
pub(super) const SEARCH_LABELS: &[&str] = &[
    "吸引人的段落:", "引人入胜的段落:", "吸引人的开头:", "开头段落:", "seo标题:", "seo描述:", "元标题:",
    "meta title:", "正文内容:", "正文:", "文章正文:", "文章标题:", "文章内容:",
];
/// The same before a description of the page.
pub(super) const DESCRIPTION_LABELS: &[&str] = &[
    "元描述:", "meta描述:", "meta description:", "页面描述:", "网页描述:", "描述标签:", "seo描述:", "description:",
];
/// Lines of words for search engines.
pub(super) const TAGS: &[&str] = &[
    "标签:", "标签 ", "标签", "tags:", "tag:", "关键词:", "关键字:", "关键词 ", "keywords:", "主题词:", "本文标签",
    "文章标签", "话题:",
];
