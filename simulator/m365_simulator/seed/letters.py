"""Letters of a university's autumn, all senders and subjects made up."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from functools import cache

from m365_simulator.mail.message import Content, parse_message
from m365_simulator.mailbox.mailbox import Mailbox

LATEST = datetime(2026, 11, 24, 0, 40, tzinfo=UTC)


@dataclass(frozen=True)
class Letter:
    """`age` in hours before the latest letter; `charset` is that of the body."""

    name: str
    address: str
    subject: str
    text: str
    age: int
    charset: str = "utf-8"
    unread: bool = False
    file: str = ""


def put_letters(mailbox: Mailbox, folder: str, letters: list[Letter]) -> None:
    """Store letters in the folder with this id."""
    owner = mailbox.owner
    for number, letter in enumerate(letters):
        when = LATEST - timedelta(hours=letter.age)
        content = make_arrived(letter, owner.name, owner.address, number)
        mailbox.store(content, folder, received=when, is_read=not letter.unread)


@cache
def make_arrived(letter: Letter, name: str, address: str, number: int) -> Content:
    """Read once: a reset fills the same mailboxes again."""
    when = LATEST - timedelta(hours=letter.age)
    return parse_message(write_letter(letter, Address(name, addr_spec=address), when, number))


def write_letter(letter: Letter, owner: Address, when: datetime, number: int) -> bytes:
    made = EmailMessage(policy=SMTP)
    made["From"] = Address(letter.name, addr_spec=letter.address)
    made["To"] = owner
    made["Subject"] = letter.subject
    made["Date"] = format_datetime(when)
    made["Message-ID"] = f"<{when:%Y%m%d%H%M}.{number}@{letter.address.partition('@')[2]}>"
    made.set_content(letter.text, charset=letter.charset)
    if letter.file:
        made.add_attachment(b"%PDF-1.7\n" * 400, "application", "pdf", filename=letter.file)
        made.set_boundary(f"=_{when:%Y%m%d%H%M}_{number}")
    return made.as_bytes()


COURSES = [
    Letter(
        "manaba 通知",
        "manaba@lms.example.ac.jp",
        "【manaba】課題の提出期限のお知らせ（線形代数II 第7回）",
        "線形代数II 第7回レポートの提出期限は11月27日（金）23:59です。\n期限を過ぎると提出できません。\n",
        2,
        unread=True,
    ),
    Letter(
        "manaba 通知",
        "manaba@lms.example.ac.jp",
        "【manaba】情報処理演習：小テストが公開されました",
        "小テスト「正規表現」が公開されました。受験期間は11月30日までです。\n",
        26,
        unread=True,
    ),
    Letter(
        "春日 隆",
        "t.kasuga@example.ac.jp",
        "課題3の講評について",
        "受講者の皆さん\n\n課題3の講評を掲示しました。次回までに読んでおいてください。\n\n春日\n",
        50,
        charset="iso-2022-jp",
        file="課題3講評.pdf",
    ),
    Letter(
        "Laura Bennett",
        "l.bennett@example.ac.jp",
        "Academic Writing: drafts due Friday",
        "Dear all,\n\nPlease upload your second drafts by Friday at noon.\n\nLaura\n",
        71,
    ),
]
OFFICES = [
    Letter(
        "附属図書館",
        "library@example.ac.jp",
        "予約資料の到着のお知らせ",
        "予約された資料が届きました。\n\n『情報検索の基礎』\n取り置き期限：12月1日（火）\n",
        5,
        charset="iso-2022-jp",
        unread=True,
    ),
    Letter(
        "教務課",
        "kyomu@example.ac.jp",
        "【重要】後期期末試験の時間割について",
        "後期期末試験の時間割を学生ポータルに掲載しました。\n必ず各自で確認してください。\n",
        30,
        file="後期試験時間割.pdf",
    ),
    Letter(
        "情報基盤ヘルプデスク",
        "helpdesk@example.ac.jp",
        "メールの転送と振り分けの設定について",
        "メールの転送と振り分けは「窓口」から設定できます。\nご不明な点はヘルプデスクへお問い合わせください。\n",
        54,
    ),
    Letter(
        "International Office",
        "international@example.ac.jp",
        "Exchange programme: information session on 2 December",
        "Join us in Room 201 at 16:30. No registration is needed.\n",
        98,
    ),
]
CAREER = [
    Letter(
        "キャリア支援室",
        "career@example.ac.jp",
        "学内合同説明会のご案内（12月5日）",
        "12月5日（土）に学内合同説明会を開催します。参加企業の一覧を添付します。\n",
        76,
        file="参加企業一覧.pdf",
    ),
    Letter(
        "株式会社あおぞら設計 採用担当",
        "recruit@aozora.example.com",
        "一次面接の日程について",
        "お世話になっております。一次面接の日程の候補を3つお送りします。\n",
        120,
    ),
]
LAB = [
    Letter(
        "春日 隆",
        "t.kasuga@example.ac.jp",
        "[lab-ml 412] 来週のゼミの発表順",
        "来週のゼミは、田中さん、佐藤さんの順でお願いします。\n",
        20,
        unread=True,
    ),
    Letter(
        "Minh Tran",
        "m.tran@example.ac.jp",
        "[lab-ml 411] Server maintenance on Saturday",
        "gpu02 will be down on Saturday from 10:00 to 15:00.\n",
        44,
    ),
    Letter(
        "高橋 直人",
        "forwarder@example.ac.jp",
        "実験データ（11月分）を置きました",
        "共有フォルダーに11月分の実験データを置きました。確認をお願いします。\n",
        90,
        charset="iso-2022-jp",
    ),
]
OLD = [
    Letter(
        "購買部ニュース",
        "news@shop.example.com",
        "【メルマガ】秋の文具フェア開催中",
        "ノートとペンがすべて2割引です。配信停止は店頭でお申し出ください。\n",
        400,
    ),
    Letter(
        "写真サークル",
        "circle@example.org",
        "夏合宿の写真を共有します",
        "夏合宿の写真です。枚数が多いので、何通かに分けて送ります。\n",
        2600,
        file="夏合宿.pdf",
    ),
    Letter(
        "Weekly Deals",
        "deals@offers.example.net",
        "Your weekly newsletter is here",
        "This week: headphones, backpacks and more.\n",
        900,
    ),
]
SENT = [
    Letter(
        "佐藤 美咲",
        "full.mailbox@example.ac.jp",
        "Re: 実験データ（11月分）を置きました",
        "確認しました。ありがとうございます。\n",
        88,
    ),
]
