//! Word files, PDFs, spreadsheets and texts as people send them.

use super::{document, holds, imported, original};

const RULES: &[&str] = &[
    "## 一、支持范围",
    "支持企业购置研发设备、租用共享实验室、参加检验检测。",
    "## 二、支持标准",
    "按实际支付金额的百分之二十给予补助，每家企业每年不超过八十万元。",
    "## 三、办理流程",
];
const RENTS: &str = "| 楼栋 | 用途 | 层高 | 租金 |\n|---|---|---|---|\n| 砚一楼 | 办公 | 3.6米 | 每平方米每天2.4元 |\n";

#[test]
fn a_word_file_with_styles_keeps_headings_lists_and_tables() {
    let imported = document("word-styles.docx");
    assert_eq!(imported.title, "青砚谷科创园企业扶持办法");
    holds(&imported, RULES, &["发布单位"]);
    holds(&imported, &[RENTS, "- 营业执照复印件\n- 设备购置合同与发票\n", "物业费为每平方米每月十二元。"], &[]);
    holds(&imported, &["publisher: 临川市科学技术局\npublished: 2024-03-18\n", "### 申报材料"], &[]);
}

#[test]
fn a_word_file_without_styles_is_understood_by_its_numbers() {
    let imported = document("word-bare.docx");
    assert_eq!(imported.title, "关于青砚谷科创园二期启用的通知");
    holds(&imported, &["## 一、启用范围", "## 二、入驻条件", "二期共四栋楼，建筑面积六万二千平方米"], &[]);
    holds(&imported, &["| 砚五楼 | 工位 | 三百二十个 |", "| 砚五楼 | 会议室 | 十一间 |"], &[]);
    holds(&imported, &["publisher: 临川市科学技术局", "published: 2024-08-12"], &[]);
}

#[test]
fn numbers_that_word_puts_there_itself_are_kept() {
    let imported = document("word-numbered.docx");
    assert_eq!(imported.title, "青砚谷科创园共享设备管理办法");
    holds(
        &imported,
        &[
            "## 第一章 总则\n\n第一条 为用好青砚谷科创园的共享设备，制定本办法。\n\n第二条 共享设备",
            "## 第二章 预约\n\n第三条 企业可以预约下列设备：\n\n（一）检测设备，",
            "1. 营业执照复印件\n2. 设备购置合同与发票\n3. 上一年度纳税证明\n\n（三）会议设备，",
            "1. 预约单\n2. 保证书\n\n第四条 取消预约应当提前一天。\n",
            "## 第三章 联系\n\n- 设备站在砚二楼一层。\n- 周一闭站。\n",
        ],
        &[],
    );
    holds(&document("word-office.docx"), &["1. 綜合窗口在一號樓大廳。\n2. 人才窗口在三號樓二層。\n"], &[]);
}

#[test]
fn a_word_file_of_libreoffice_in_traditional_characters_keeps_its_pairs() {
    let imported = document("word-office.docx");
    assert_eq!(imported.title, "霧山園區服務問答");
    holds(&imported, &["## 常見問題", "### 霧山園區的班車幾點發車？", "專家宿舍共六十間，租期最長兩年。"], &[]);
    holds(&imported, &["綜合窗口在一號樓大廳。", "人才窗口在三號樓二層。"], &["答："]);
}

#[test]
fn a_sheet_of_questions_becomes_pairs() {
    for name in ["sheet-questions.xlsx", "table-bom.csv"] {
        let imported = document(name);
        holds(
            &imported,
            &["## 青砚谷的食堂几点开门？\n\n早餐七点开始", "## 访客怎么停车？\n\n访客从东门进入"],
            &["序号"],
        );
        assert_eq!(imported.kept.sections, 3);
    }
}

#[test]
fn every_row_of_a_sheet_is_a_section_with_the_words_of_its_header() {
    let imported = document("sheet-houses.xlsx");
    assert_eq!((imported.title.as_str(), imported.kept.sections), ("青砚谷科创园可租房源表", 3));
    holds(
        &imported,
        &["砚一楼508室\n\n- 房源编号：砚一楼508室\n- 楼栋：砚一楼\n- 面积（平方米）：92\n- 日租金（元）：2.55\n"],
        &[],
    );
    holds(&imported, &["可入驻日期：2024-10-01"], &["底价", "底稿"]);
    let imported = document("sheet-office.xlsx");
    holds(&imported, &["## 平台", "### 霜桥微纳加工线", "- 收费：每批次两千六百元", "## 班车", "### 霜桥老城线"], &[]);
    let imported = document("table-gbk.csv");
    holds(&imported, &["## 砚二楼", "- 楼栋：砚二楼\n- 用途：中试\n- 层高：6.2米\n- 租金：每平方米每天1.9元"], &[]);
    let imported = document("table-tabs.csv");
    holds(&imported, &["## 澄溪传感", "简介：做\"贴片式\"压力传感器， 年产四百万只", "电话：021-55560102"], &[]);
}

#[test]
fn cells_are_read_as_they_are_shown() {
    let imported = document("sheet-formats.xlsx");
    holds(
        &imported,
        &[
            "## 砚一楼\n\n- 楼栋：砚一楼\n- 出租率：60%\n- 空置率：38.5%\n- 平均租金：2.4元/平方米/天\n",
            "- 总租金：¥1234567.5\n- 启用月份：2024-10\n- 最近检查：2025-03-04 09:30\n- 开门时间：07:45\n",
            "- 门牌：0302\n- 保修：36:00\n",
            "- 出租率：100%\n- 空置率：2.5%\n- 平均租金：1.95元/平方米/天\n",
        ],
        &["0.6\n", "1899"],
    );
}

#[test]
fn a_pdf_of_libreoffice_keeps_headings_list_and_table() {
    let imported = document("pdf-office.pdf");
    assert_eq!(imported.title, "青砚谷科创园企业扶持办法");
    holds(&imported, &["支持企业购置研发设备、租用共享实验室、参加检验检测。", "一、支持范围", "营业执照复印件"], &[]);
    holds(&imported, &["砚二楼 | 中试 | 6.2米 | 每平方米每天1.9元"], &[]);
}

#[test]
fn a_pdf_of_the_readers_own_font_loses_its_running_heads() {
    let imported = document("pdf-reportlab.pdf");
    holds(
        &imported,
        &["占地三点八平方公里，到2023年底共有企业四百一十七家", "园区建有十四个公共实验室", "四、生活配套"],
        &["（2023年度）", "第 2 页"],
    );
}

#[test]
fn columns_of_a_pdf_are_read_one_after_the_other() {
    let imported = document("pdf-columns.pdf");
    let at = |text: &str| imported.markdown.find(text).unwrap_or_else(|| panic!("{text}\n{}", imported.markdown));
    assert!(at("两位导师带教") < at("十五万元的启动资金"));
}

#[test]
fn a_scan_is_named_as_one() {
    let error = imported(&original("pdf-scan.pdf")).unwrap_err().to_string();
    assert!(error.contains("pdf-scan.pdf: is a scan") && error.contains("OCR"), "{error}");
}

#[test]
fn every_encoding_gives_the_same_document() {
    let utf8 = document("text-utf8.txt");
    holds(&utf8, RULES, &["400-555", "扫一扫", "健步走", "浏览"]);
    holds(&utf8, &["title: 青砚谷科创园服务指南\npublisher: 青砚谷管理处\npublished: 2024-06-03\n"], &[]);
    for name in ["text-gb18030.txt", "text-utf16.txt"] {
        assert_eq!(document(name).markdown, utf8.markdown, "{name}");
    }
    let big5 = document("text-big5.txt");
    holds(&big5, &["員工車輛每月收費三百六十元", "published: 2023-11-06", "## 二、收費標準"], &[]);
}
