"""The dummy in the API."""

from __future__ import annotations

from stedskaping_core.plugins import GraphQLContribution


def contribution() -> GraphQLContribution:
    """Uses every field of the record that a plugin may use."""
    from stedskaping_dummy.models import DummyPage as PageModel
    from stedskaping_dummy.schema import types
    from stedskaping_dummy.schema.mutations import note_write
    from stedskaping_graphql.types.pages import page_loader

    return GraphQLContribution(
        query=types.QueryDummy,
        site=types.SiteDummy,
        initiative=types.InitiativeDummy,
        viewer=types.ViewerDummy,
        mutations={"dummyNoteWrite": note_write},
        pages={PageModel: types.DummyPage},
        blocks={"dummy_note": types.DummyNoteBlock},
        nodes={"DummyNote": types.load_notes, "DummyPage": page_loader(PageModel)},
        types=(types.DummyTotals,),
    )
