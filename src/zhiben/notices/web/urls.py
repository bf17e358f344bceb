"""Doors of notices."""

from django.urls import path

from zhiben.notices.web import channels, deliveries, preferences, views

app_name = "notices"
urlpatterns = [
    path("", views.message_list, name="list"),
    path("read/", views.message_read, name="read"),
    path("hand-overs/", views.hand_over_list, name="hand-overs"),
    path("preferences/", preferences.preference_page, name="preferences"),
    path("deliveries/", deliveries.delivery_list, name="deliveries"),
    path("deliveries/<int:delivery_id>/retry/", deliveries.delivery_retry, name="retry"),
    path("channels/", channels.channel_page, name="channels"),
    path("channels/<slug:name>/", channels.channel_set, name="channel-set"),
    path("channels/<slug:name>/test/", channels.channel_test, name="channel-test"),
    path("routes/<str:kind>/", channels.route_set, name="route-set"),
]
