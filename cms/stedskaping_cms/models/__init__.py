"""Editorial pages, menus and the settings of a site."""

from stedskaping_cms.models.articles import ArticleIndexPage, ArticlePage
from stedskaping_cms.models.courses import CoursePage, CourseRegistration, CourseSession
from stedskaping_cms.models.home import HomePage
from stedskaping_cms.models.menus import Menu, MenuItem, MenuSubItem
from stedskaping_cms.models.site_settings import SiteSettings, SiteText, SocialLink

__all__ = [
    "ArticleIndexPage",
    "ArticlePage",
    "CoursePage",
    "CourseRegistration",
    "CourseSession",
    "HomePage",
    "Menu",
    "MenuItem",
    "MenuSubItem",
    "SiteSettings",
    "SiteText",
    "SocialLink",
]
