"""What people at a university write to each other: senders, subjects and lines, with gaps to fill."""

from dataclasses import dataclass

UNIVERSITY = "example.ac.jp"
OFFICES = (
    ("教務課", "kyomu"),
    ("学生支援課", "gakusei"),
    ("附属図書館", "library"),
    ("キャリア支援室", "career"),
    ("情報基盤センター", "itc"),
    ("国際課", "kokusai"),
    ("保健センター", "hoken"),
    ("生活協同組合", "coop"),
)
ENDINGS = ("pdf", "docx", "xlsx", "pptx", "zip")


@dataclass(frozen=True)
class Kind:
    """`by` says who writes: teacher, office, student, abroad, system, shop or company. `percent` of how many carry
    a file. The gaps: course, module, n, month, day, place, name.
    """

    by: str
    subjects: tuple[str, ...]
    lines: tuple[str, ...]
    percent: int = 0
    language: str = "ja"
    page: bool = False
    listed: bool = False


KINDS = (
    Kind(
        "system",
        (
            "【manaba】{course} 第{n}回の課題が公開されました",
            "【manaba】{course}：提出期限のお知らせ（{month}月{day}日）",
        ),
        (
            "{course}の課題が公開されました。",
            "提出期限は{month}月{day}日 23:59です。",
            "期限を過ぎると提出できません。",
        ),
    ),
    Kind(
        "teacher",
        (
            "{course} 第{n}回の講義資料",
            "【休講】{course}（{month}月{day}日）",
            "{course}の期末レポートについて",
            "課題{n}の講評",
        ),
        (
            "受講者の皆さん",
            "{course}を担当している{name}です。",
            "次回は{place}で行います。資料をよく読んでおいてください。",
            "{month}月{day}日の講義は休講とします。補講の日程は追って連絡します。",
        ),
        percent=30,
    ),
    Kind(
        "office",
        (
            "【重要】後期の履修登録について",
            "奨学金の継続手続きのお知らせ",
            "予約資料の到着のお知らせ",
            "システム停止のお知らせ（{month}月{day}日）",
            "健康診断の受診について",
            "学内合同説明会のご案内",
        ),
        (
            "学生各位",
            "標記の件について、下記のとおりお知らせします。",
            "期限は{month}月{day}日です。手続きを忘れないようにしてください。",
            "場所は{place}です。ご不明な点は窓口へお問い合わせください。",
        ),
        percent=25,
    ),
    Kind(
        "student",
        (
            "[lab-ml {n}] 来週のゼミの発表順",
            "[lab-ml {n}] 実験データを置きました",
            "Re: 打ち合わせの日程",
            "サークルの合宿について",
        ),
        (
            "お疲れさまです。{name}です。",
            "{month}月{day}日の予定でお願いします。",
            "場所は{place}です。",
            "データは共有フォルダーに置きました。確認をお願いします。",
        ),
        percent=15,
        listed=True,
    ),
    Kind(
        "abroad",
        (
            "{module}: slides for week {n}",
            "{module}: drafts due on {month}/{day}",
            "Re: meeting on {month}/{day}",
            "Seminar {n}",
        ),
        (
            "Dear all,",
            "Please find the material for {module} attached.",
            "The deadline is {month}/{day}, and there will be no extension.",
            "See you in week {n}.",
        ),
        percent=20,
        language="en",
    ),
    Kind(
        "shop",
        (
            "【メルマガ】秋の文具フェア開催中",
            "今週のおすすめ {n}選",
            "会員限定クーポンのお知らせ",
            "ご注文の確認（注文番号 {n}）",
        ),
        (
            "いつもご利用ありがとうございます。",
            "{month}月{day}日まで、全品{n}％引きです。",
            "配信停止はこちらからお手続きください。",
        ),
        page=True,
    ),
    Kind(
        "shop",
        ("Your weekly digest", "{n} new jobs for you", "Your invoice for {month}/{day}", "We have updated our terms"),
        ("Hello,", "Here is what you missed this week: {n} new items.", "You can unsubscribe at any time."),
        language="en",
        page=True,
    ),
    Kind(
        "company",
        ("一次面接の日程について", "インターンシップの選考結果", "会社説明会（{month}月{day}日）のご案内"),
        (
            "お世話になっております。採用担当の{name}です。",
            "{month}月{day}日の{n}時から、オンラインで行います。",
            "ご返信をお待ちしております。",
        ),
        percent=20,
    ),
)
WEIGHTS = (24, 18, 14, 14, 12, 8, 5, 5)  # of KINDS, in percent
