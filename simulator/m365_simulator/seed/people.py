"""The people one can sign in as, and what each of them is good for."""

from m365_simulator.directory.person import DOMAIN, OTHER_TENANT_ID, Person
from m365_simulator.seed.mailboxes import make_mailbox
from m365_simulator.tenant import Tenant

PEOPLE = (
    Person(
        f"new.student@{DOMAIN}",
        "Emma Clark",
        "入学したばかりでメールが1通もない、英語の利用者です。",
        "Has just arrived: English folders and not one message yet.",
        language="en",
    ),
    Person(
        f"full.mailbox@{DOMAIN}",
        "佐藤 美咲",
        "容量の98%を、主に「削除済みアイテム」で使っています。",
        "Has used 98% of the storage, most of it in Deleted Items.",
    ),
    Person(
        f"over.quota@{DOMAIN}",
        "鈴木 健太",
        "容量の上限を超え、メールを受信できません。",
        "Is over the storage limit and can no longer receive mail.",
    ),
    Person(
        f"forwarder@{DOMAIN}",
        "高橋 直人",
        "学外のアドレスへメールを転送しています。",
        "Forwards mail to an address outside the university.",
    ),
    Person(
        f"rule.collector@{DOMAIN}",
        "田中 由美子",
        "ルールが14個あり、不審なものやエラーのあるものも含まれます。",
        "Has 14 rules; some are suspicious, broken or read-only.",
    ),
    Person(
        f"helpdesk@{DOMAIN}",
        "伊藤 恵",
        "利用者の質問に答えるヘルプデスクの職員です。",
        "Works at the helpdesk and answers people’s questions.",
        staff=True,
        roles=("Helpdesk",),
    ),
    Person(
        f"no.licence@{DOMAIN}",
        "渡辺 翔",
        "ライセンスがなく、メールボックスを持っていません。",
        "Has no licence and therefore no mailbox.",
        licensed=False,
    ),
    Person(
        f"needs.mfa@{DOMAIN}",
        "山本 彩",
        "トークンの更新時に、追加の本人確認を求められます。",
        "Must prove their identity again when the token is renewed.",
        needs_mfa=True,
    ),
    Person(
        f"no.consent@{DOMAIN}",
        "中村 大輔",
        "アプリへの同意がまだで、サインイン時に同意を求められます。",
        "Has not consented to the app yet and is asked when signing in.",
        needs_consent=True,
    ),
    Person(
        "other.tenant@other.example",
        "小林 誠",
        "別の大学のアカウントで、サインインを断られます。",
        "Belongs to another university and is turned away.",
        tid=OTHER_TENANT_ID,
        home_tid=OTHER_TENANT_ID,
    ),
    Person(
        "guest.lecturer@other.example",
        "Anna Berg",
        "別の大学から招待されたゲストで、この大学にメールボックスはありません。",
        "Is a guest from another university, without a mailbox here.",
        language="en",
        home_tid=OTHER_TENANT_ID,
        licensed=False,
    ),
)


def fill_tenant(tenant: Tenant) -> None:
    """Put everybody in, each with the mailbox that `seed.mailboxes` gives them (or none)."""
    for person in PEOPLE:
        tenant.people[person.address] = person
        mailbox = make_mailbox(person)
        if mailbox is not None:
            tenant.mailboxes[person.oid] = mailbox
