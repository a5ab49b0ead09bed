#!/usr/bin/env python3
"""Makes the originals of this folder with the writers that people use. Not needed to run the tests.

Needs python-docx, openpyxl, reportlab and pillow, LibreOffice (soffice) for the files it writes, and the fonts
Noto Sans CJK. Every park, body, number and sentence is invented.

    python3 tests/originals/make.py
"""

import csv
import io
import subprocess
import tempfile
from pathlib import Path

import docx
import openpyxl
from docx.enum.style import WD_STYLE_TYPE
from openpyxl.styles import Font
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph, SimpleDocTemplate, Table, TableStyle

HERE = Path(__file__).parent
FONT = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"

NOTICE = [
    "为支持青砚谷科创园内企业开展研究与试制，临川市科学技术局制定本办法。",
    "本办法适用于在青砚谷科创园登记注册、经营满六个月的企业。",
]
SECTIONS = [
    ("一、支持范围", ["支持企业购置研发设备、租用共享实验室、参加检验检测。", "同一项目已经获得其他财政资金的，不再重复支持。"]),
    ("二、支持标准", ["购置研发设备的，按实际支付金额的百分之二十给予补助，每家企业每年不超过八十万元。"]),
    ("三、办理流程", ["企业在每年三月向园区服务大厅递交材料，大厅在十五个工作日内答复。"]),
]
MATERIALS = ["营业执照复印件", "设备购置合同与发票", "上一年度纳税证明"]
RENTS = [
    ["楼栋", "用途", "层高", "租金"],
    ["砚一楼", "办公", "3.6米", "每平方米每天2.4元"],
    ["砚二楼", "中试", "6.2米", "每平方米每天1.9元"],
    ["砚三楼", "实验", "4.5米", "每平方米每天2.1元"],
]
QUESTIONS = [
    ("青砚谷的食堂几点开门？", "早餐七点开始，晚餐供应到二十点三十分。"),
    ("访客怎么停车？", "访客从东门进入，前两个小时免费，之后每小时四元。"),
    ("园区有没有托育点？", "砚三楼一层有托育点，接收一岁半到三岁的孩子，共四十个名额。"),
]


# Word -----------------------------------------------------------------------------------------------------------------


def word_styles():
    """Headings, lists and a table by Word's own styles."""
    out = docx.Document()
    out.core_properties.title = ""
    out.add_heading("青砚谷科创园企业扶持办法", level=0)
    out.add_paragraph("发布单位：临川市科学技术局　发布日期：2024年3月18日")
    for line in NOTICE:
        out.add_paragraph(line)
    for heading, lines in SECTIONS:
        out.add_heading(heading, level=1)
        for line in lines:
            out.add_paragraph(line)
    out.add_heading("申报材料", level=2)
    for line in MATERIALS:
        out.add_paragraph(line, style="List Bullet")
    out.add_heading("四、房源与租金", level=1)
    table = out.add_table(rows=0, cols=4)
    table.style = "Table Grid"
    for row in RENTS:
        cells = table.add_row().cells
        for cell, text in zip(cells, row):
            cell.text = text
    out.add_paragraph("租金不含物业费，物业费为每平方米每月十二元。")
    out.save(HERE / "word-styles.docx")


def word_bare():
    """What most offices send: no styles at all, headings only by their numbers, a tab, a line break, a merged cell."""
    out = docx.Document()
    for line in ["临川市科学技术局", "关于青砚谷科创园二期启用的通知", "临科发〔2024〕21号", "各有关单位："]:
        out.add_paragraph(line)
    out.add_paragraph("青砚谷科创园二期将于2024年9月1日启用，现将有关事项通知如下。")
    out.add_paragraph("一、启用范围")
    out.add_paragraph("二期共四栋楼，建筑面积六万二千平方米，其中中试厂房三万平方米。")
    out.add_paragraph("二、入驻条件")
    paragraph = out.add_paragraph("（一）从事智能传感、新型材料或者生物检测；")
    paragraph.add_run().add_break()
    paragraph.add_run("（二）上一年度研发投入不低于二百万元。")
    table = out.add_table(rows=4, cols=3)
    for at, row in enumerate([["楼栋", "项目", "数量"], ["砚五楼", "工位", "三百二十个"], ["", "会议室", "十一间"], ["砚六楼", "洁净室", "四间"]]):
        for cell, text in zip(table.rows[at].cells, row):
            cell.text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    out.add_paragraph("特此通知。")
    out.add_paragraph("临川市科学技术局")
    out.add_paragraph("2024年8月12日")
    out.save(HERE / "word-bare.docx")


def word_numbered():
    """Numbers that Word puts there itself and that are not in the text: 第一章 and 第一条 by one list of several levels
    linked to heading styles, （一） and 1. by others, a list that starts anew, and bullets."""
    out = docx.Document()
    numbering = out.part.numbering_part.element
    spaces = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'

    def define(number, *levels):
        xml = f'<w:abstractNum {spaces} w:abstractNumId="{number}"><w:multiLevelType w:val="multilevel"/>'
        for at, (form, text, more) in enumerate(levels):
            xml += f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'
        numbering.insert(0, docx.oxml.parse_xml(xml + "</w:abstractNum>"))

    def use(number, definition, start=""):
        xml = f'<w:num {spaces} w:numId="{number}"><w:abstractNumId w:val="{definition}"/>{start}</w:num>'
        numbering.append(docx.oxml.parse_xml(xml))

    define(90, ("chineseCountingThousand", "第%1章", '<w:pStyle w:val="Heading1"/>'),
           ("chineseCountingThousand", "第%2条", '<w:lvlRestart w:val="0"/>'))
    define(91, ("japaneseCounting", "（%1）", ""), ("decimal", "%2.", ""))
    define(92, ("bullet", "\uf0b7", ""))
    use(90, 90)
    use(91, 91)
    use(92, 92)
    use(93, 91, '<w:lvlOverride w:ilvl="1"><w:startOverride w:val="1"/></w:lvlOverride>')

    def numbered(element, number, level):
        xml = f'<w:numPr {spaces}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
        element.get_or_add_pPr().append(docx.oxml.parse_xml(xml))

    def add(text, number, level):
        numbered(out.add_paragraph(text)._p, number, level)

    numbered(out.styles["Heading 1"].element, 90, 0)
    out.add_heading("青砚谷科创园共享设备管理办法", level=0)
    out.add_heading("总则", level=1)
    add("为用好青砚谷科创园的共享设备，制定本办法。", 90, 1)
    add("共享设备由设备站统一管理，全年开放三百天。", 90, 1)
    out.add_heading("预约", level=1)
    add("企业可以预约下列设备：", 90, 1)
    add("检测设备，每次不超过四小时；", 91, 0)
    add("中试设备，每次不超过三天，并交下列材料：", 91, 0)
    for line in MATERIALS:
        add(line, 91, 1)
    add("会议设备，每次不超过一天，并交下列材料：", 91, 0)
    add("预约单", 93, 1)
    add("保证书", 93, 1)
    add("取消预约应当提前一天。", 90, 1)
    out.add_heading("联系", level=1)
    add("设备站在砚二楼一层。", 92, 0)
    add("周一闭站。", 92, 0)
    out.save(HERE / "word-numbered.docx")


def word_office():
    """Written by LibreOffice from a page: its own style names, numbered list, questions and answers in Traditional."""
    rows = "".join(f"<p>問：{q}</p><p>答：{a}</p>" for q, a in [
        ("霧山園區的班車幾點發車？", "每天早上七點二十分和八點各有一班，從霧山地鐵站二號口發車。"),
        ("外國專家能申請宿舍嗎？", "可以，專家宿舍共六十間，租期最長兩年。"),
    ])
    page = f"""<html lang="zh"><head><meta charset="utf-8"><title>霧山園區服務問答</title></head><body>
    <h1>霧山園區服務問答</h1><p>霧山園區管理處編印，2023年11月。</p><h2>常見問題</h2>{rows}
    <h2>辦理地點</h2><ol><li>綜合窗口在一號樓大廳。</li><li>人才窗口在三號樓二層。</li></ol></body></html>"""
    office(page, "word-office", "html", "docx:Office Open XML Text")


def office(content, name, extension, target, infilter=None):
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"{name}.{extension}"
        source.write_bytes(content if isinstance(content, bytes) else content.encode())
        command = ["soffice", "--headless"]
        if extension == "html":
            command.append("--infilter=HTML (StarWriter)")
        command += ["--convert-to", target, "--outdir", str(HERE), str(source)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


# Spreadsheets ---------------------------------------------------------------------------------------------------------


def sheet_questions():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "问答"
    sheet.append(["序号", "问", "答"])
    for at, (question, answer) in enumerate(QUESTIONS, 1):
        sheet.append([at, question, answer])
    book.save(HERE / "sheet-questions.xlsx")


def sheet_houses():
    """A title above the header, a merged cell, numbers, a date, a formula with its saved value missing, a hidden sheet."""
    import datetime

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "房源"
    sheet["A1"] = "青砚谷科创园可租房源表"
    sheet["A1"].font = Font(bold=True)
    sheet.merge_cells("A1:E1")
    sheet.append(["房源编号", "楼栋", "面积（平方米）", "日租金（元）", "可入驻日期"])
    sheet.append(["砚一楼302室", "砚一楼", 186.5, 2.4, datetime.date(2024, 10, 1)])
    sheet.append(["砚一楼508室", None, 92, 2.55, datetime.date(2024, 11, 15)])
    sheet.append(["砚二楼101室", "砚二楼", 1240, 1.9, datetime.date(2025, 1, 1)])
    sheet.merge_cells("B3:B4")
    sheet["B3"] = "砚一楼"
    hidden = book.create_sheet("底稿")
    hidden.append(["内部", "底价"])
    hidden.append(["砚一楼", "1.1"])
    hidden.sheet_state = "hidden"
    book.save(HERE / "sheet-houses.xlsx")


def sheet_formats():
    """Cells that are shown otherwise than they are stored: percentages, units, months, hours, house numbers, times."""
    import datetime

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "楼栋"
    sheet.append(["楼栋", "出租率", "空置率", "平均租金", "总租金", "启用月份", "最近检查", "开门时间", "门牌", "保修"])
    formats = [None, "0%", "0.0%", '0.0"元/平方米/天"', '"¥"#,##0.00', 'yyyy"年"m"月"', "yyyy/m/d h:mm", "h:mm", "0000", "[h]:mm"]
    for row in [
        ["砚一楼", 0.6, 0.385, 2.4, 1234567.5, datetime.date(2024, 10, 1), datetime.datetime(2025, 3, 4, 9, 30),
         datetime.time(7, 45), 302, datetime.timedelta(hours=36)],
        ["砚二楼", 1, 0.025, 1.95, 98000, datetime.date(2023, 5, 1), datetime.datetime(2025, 3, 5, 0, 0),
         datetime.time(18, 0), 1108, datetime.timedelta(minutes=90)],
    ]:
        sheet.append(row)
        for cell, code in zip(sheet[sheet.max_row], formats):
            cell.number_format = code or "General"
    book.save(HERE / "sheet-formats.xlsx")


def sheet_office():
    """Two sheets, written by LibreOffice."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "平台"
    sheet.append(["平台名称", "地点", "开放时间", "收费"])
    sheet.append(["霜桥光学检测平台", "三号楼一层", "周一至周五九点到十七点", "每机时三百二十元"])
    sheet.append(["霜桥微纳加工线", "五号楼地下一层", "每天八点到二十二点", "每批次两千六百元"])
    other = book.create_sheet("班车")
    other.append(["线路", "首班", "末班"])
    other.append(["霜桥站接驳线", "七点十分", "二十一点四十分"])
    other.append(["霜桥老城线", "七点三十分", "二十点"])
    out = io.BytesIO()
    book.save(out)
    office(out.getvalue(), "sheet-office", "xlsx", "xlsx:Calc MS Excel 2007 XML")


def tables():
    text = lambda rows, **kinds: (lambda out: (csv.writer(out, **kinds).writerows(rows), out.getvalue())[1])(io.StringIO())
    (HERE / "table-bom.csv").write_bytes(b"\xef\xbb\xbf" + text([["问题", "答案"], *QUESTIONS]).encode())
    (HERE / "table-gbk.csv").write_bytes(text(RENTS).encode("gbk"))
    quoted = [
        ["企业", "简介", "电话"],
        ["澄溪传感", '做"贴片式"压力传感器，\n年产四百万只', "021-55560101"],
        ["澄溪生物", "做快速检测试剂，员工一百二十人", "021-55560102"],
    ]
    (HERE / "table-tabs.csv").write_text(text(quoted, delimiter="\t"), encoding="utf-8")


# PDF ------------------------------------------------------------------------------------------------------------------


def pdf_embedded():
    """By LibreOffice, with its fonts inside: headings, a list, a table."""
    sections = "".join(f"<h2>{h}</h2>" + "".join(f"<p>{line}</p>" for line in lines) for h, lines in SECTIONS)
    items = "".join(f"<li>{line}</li>" for line in MATERIALS)
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in RENTS)
    page = f"""<html lang="zh"><head><meta charset="utf-8"><title>青砚谷科创园企业扶持办法</title>
    <style>body {{ font-family: "Noto Sans CJK SC"; font-size: 11pt }} td {{ border: 1px solid black }}</style></head>
    <body><h1>青砚谷科创园企业扶持办法</h1><p>发布单位：临川市科学技术局　发布日期：2024年3月18日</p>
    <p>{NOTICE[0]}</p><p>{NOTICE[1]}</p>{sections}<h2>四、申报材料</h2><ul>{items}</ul>
    <h2>五、房源与租金</h2><table border="1">{rows}</table></body></html>"""
    office(page, "pdf-office", "html", "pdf:writer_web_pdf_Export")


def pdf_reportlab():
    """By reportlab, with the reader's own font (UniGB-UCS2-H), a head and a page number on each of four pages."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    body = ParagraphStyle("body", fontName="STSong-Light", fontSize=11, leading=18, wordWrap="CJK", firstLineIndent=22)
    head = ParagraphStyle("head", parent=body, fontSize=15, leading=30, firstLineIndent=0)
    title = ParagraphStyle("title", parent=body, fontSize=20, leading=40, alignment=1, firstLineIndent=0)

    def furniture(page, out):
        page.setFont("STSong-Light", 9)
        page.drawString(25 * mm, 285 * mm, "澄溪湾智造园发展报告（2023年度）")
        page.drawCentredString(105 * mm, 12 * mm, f"第 {out.page} 页")

    out = BaseDocTemplate(str(HERE / "pdf-reportlab.pdf"), pagesize=A4, title="澄溪湾智造园发展报告", invariant=1)
    frame = Frame(25 * mm, 25 * mm, 160 * mm, 245 * mm)
    out.addPageTemplates(PageTemplate(frames=[frame], onPage=furniture))
    chapters = [
        ("一、总体情况", "澄溪湾智造园占地三点八平方公里，到2023年底共有企业四百一十七家，其中高新技术企业九十六家，从业人员两万三千人。"),
        ("二、产业结构", "园区以精密仪器和工业软件为主，两个行业的产值占全园的百分之六十四，达到一百二十八亿元。"),
        ("三、科研平台", "园区建有十四个公共实验室，全年对外提供检测服务五千二百次，服务企业三百零六家。"),
        ("四、生活配套", "园区有人才公寓一千一百套、幼儿园一所、社区医院一所，三条接驳巴士通往澄溪站。"),
    ]
    story = [Paragraph("澄溪湾智造园发展报告", title), Paragraph("澄溪湾管理委员会 2024年1月20日", body)]
    fill = "报告期内，园区按照年初计划推进各项工作，每个季度召开一次企业座谈会，收集意见并逐条答复。"
    for heading, text in chapters:
        story += [Paragraph(heading, head), Paragraph(text, body)]
        story += [Paragraph(f"{heading[2:]}方面，第{season}季度的重点如下。{fill * 3}", body) for season in "一二三四"]
    out.build(story)


def pdf_columns():
    """Two columns and a table, by reportlab, with an embedded outline font converted from Noto by LibreOffice's export."""
    left = "".join(f"<p>{line}</p>" for line in [
        "霜桥园区的创业营每年办两期，春季营三月开营，秋季营九月开营，每期招收二十四个团队。",
        "入营的团队可以免费使用工位六个月，并由两位导师带教。",
    ])
    right = "".join(f"<p>{line}</p>" for line in [
        "结营时由评审会选出六个优胜团队，每个团队得到十五万元的启动资金。",
        "没有入选的团队可以在下一期再次报名，报名费全免。",
    ])
    page = f"""<html lang="zh"><head><meta charset="utf-8"><title>霜桥创业营手册</title>
    <style>body {{ font-family: "Noto Sans CJK SC"; font-size: 11pt }}</style></head><body><h1>霜桥创业营手册</h1>
    <div style="column-count:2">{left}{right}</div></body></html>"""
    office(page, "pdf-columns", "html", "pdf:writer_web_pdf_Export")


def pdf_scan():
    picture = Image.new("L", (620, 877), 250)
    draw = ImageDraw.Draw(picture)
    font = ImageFont.truetype(FONT, 26, index=2)
    for at, line in enumerate(["青砚谷科创园入驻协议", "甲方：青砚谷管理处", "乙方：", "第一条　租赁范围见附图。"]):
        draw.text((80, 90 + at * 60), line, fill=40, font=font)
    picture.save(HERE / "pdf-scan.pdf", "PDF", resolution=75, quality=40)


# Text -----------------------------------------------------------------------------------------------------------------


def texts():
    simplified = "\n".join(
        ["青砚谷科创园服务指南", "来源：青砚谷管理处  发布时间：2024-06-03  浏览：318次", ""]
        + [part for heading, lines in SECTIONS for part in [heading, *lines]]
        + ["", "招商热线：400-555-0199 王经理", "扫一扫关注青砚谷", "上一篇：园区举办健步走"]
    )
    traditional = "\n".join([
        "霧山園區停車管理辦法", "發布單位：霧山園區管理處", "發布日期：2023年11月6日",
        "一、適用範圍", "本辦法適用於進入霧山園區的所有車輛，包括員工車輛、訪客車輛和貨運車輛。",
        "二、收費標準", "員工車輛每月收費三百六十元，訪客車輛前三十分鐘免費，其後每小時收費六元。",
    ])
    (HERE / "text-gb18030.txt").write_bytes(simplified.replace("\n", "\r\n").encode("gb18030"))
    (HERE / "text-big5.txt").write_bytes(traditional.replace("\n", "\r\n").encode("big5"))
    (HERE / "text-utf16.txt").write_bytes(simplified.encode("utf-16"))
    (HERE / "text-utf8.txt").write_text(simplified, encoding="utf-8")


if __name__ == "__main__":
    for make in [word_styles, word_bare, word_numbered, word_office, sheet_questions, sheet_houses,
                 sheet_formats, sheet_office, tables, pdf_embedded, pdf_reportlab, pdf_columns, pdf_scan, texts]:
        make()
        print(make.__name__)
