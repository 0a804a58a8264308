"""People: one Person whatever they come for, how they sign in, and what they may do where."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from yanzhen.network.models import Division, Node


class Person(models.Model):
    """A human being the county knows by name: reader, learner, guardian or member of staff."""

    class Gender(models.TextChoices):
        FEMALE = "female", _("女")
        MALE = "male", _("男")
        UNSTATED = "", _("未填")

    name = models.CharField(max_length=60)
    name_folded = models.CharField(max_length=120)
    pinyin = models.CharField(max_length=400, blank=True)
    initials = models.CharField(max_length=130, blank=True)
    gender = models.CharField(max_length=10, choices=Gender.choices, blank=True)
    born_on = models.DateField(null=True)
    phone = models.CharField(max_length=30, blank=True)
    division = models.ForeignKey(Division, models.PROTECT, null=True, related_name="people")
    registered_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["phone"], name="person_phone"),
            models.Index(fields=["name_folded"], name="person_name"),
            models.Index(fields=["initials"], name="person_initials"),
        ]

    def __str__(self) -> str:
        return self.name


class Guardianship(models.Model):
    """A guardian's consent for a child, and the bond that lets the guardian act (L01, R16)."""

    class Relation(models.TextChoices):
        PARENT = "parent", _("父亲或母亲")
        GRANDPARENT = "grandparent", _("祖父母或外祖父母")
        RELATIVE = "relative", _("其他亲属")
        OTHER = "other", _("其他监护人")

    class Channel(models.TextChoices):
        IN_PERSON = "in_person", _("监护人当面同意")
        PAPER = "paper", _("带来了签字的同意书")
        PHONE = "phone", _("打电话向监护人核实")

    child = models.ForeignKey(Person, models.CASCADE, related_name="guardianships")
    guardian = models.ForeignKey(Person, models.CASCADE, related_name="wards")
    relation = models.CharField(max_length=12, choices=Relation.choices)
    consent_text = models.CharField(max_length=40)
    consented_at = models.DateTimeField()
    channel = models.CharField(max_length=10, choices=Channel.choices)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(child=F("guardian")), name="nobody_is_their_own_guardian"
            ),
            models.UniqueConstraint(
                fields=["child", "guardian"],
                condition=Q(ended_at__isnull=True),
                name="one_live_bond_a_guardian_and_child",
            ),
        ]


class Account(AbstractBaseUser):
    """The sign-in of a person: a user name and a password."""

    username = models.CharField(max_length=60, unique=True)
    person = models.OneToOneField(Person, models.PROTECT, related_name="account")
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "username"
    objects = BaseUserManager()


class SignInName(models.Model):
    """Another name an account may sign in with, e.g. the number of a reader card."""

    name = models.CharField(max_length=60, unique=True)
    account = models.ForeignKey(Account, models.CASCADE, related_name="sign_in_names")


class SignInCount(models.Model):
    """Sign-in attempts since the last right password, for an account or a name nobody has.

    One row counts them from one address, another from everywhere (signing_in.py has the keys).
    Names that do not exist are counted too: a lock must not tell which names exist (L19).
    """

    key = models.CharField(max_length=80, unique=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["last_at"], name="sign_in_count_age")]


class Role(models.Model):
    """A duty of an account at a node and everything below it, for a span of days."""

    class Kind(models.TextChoices):
        DIRECTOR = "director", _("馆长")
        LIBRARIAN = "librarian", _("图书馆馆员")
        CULTURE_CADRE = "culture_cadre", _("文化馆干部")
        CULTURE_OFFICER = "culture_officer", _("文旅专干")
        OPERATOR = "operator", _("话务员")
        DEPARTMENT = "department", _("部门联络员")
        INSPECTOR = "inspector", _("检查验收员")
        AGENCY = "agency", _("第三方测评员")

    account = models.ForeignKey(Account, models.CASCADE, related_name="roles")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    node = models.ForeignKey(Node, models.PROTECT, null=True, related_name="roles")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "kind", "node"],
                condition=Q(valid_to__isnull=True),
                name="one_open_role_a_kind_and_node",
            )
        ]


class ApiToken(models.Model):
    """A secret a program signs in with; only its digest is kept."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="api_tokens")
    label = models.CharField(max_length=60)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
