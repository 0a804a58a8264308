"""Every fact and who hears it. Nothing else in the project calls upwards."""

from yanzhen.groundwork.outbox import Subscriptions

SUBSCRIPTIONS: Subscriptions = {}
