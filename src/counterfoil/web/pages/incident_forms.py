"""What the plain forms of incidents send."""

from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

Name = Annotated[str, StringConstraints(max_length=500)]
Summary = Annotated[str, StringConstraints(max_length=50_000)]
Ids = list[Annotated[str, StringConstraints(min_length=1, max_length=100)]]


class NewForm(BaseModel):
    """A new incident; without a name it gets the one that its reports propose."""

    name: Name = ""
    report: Ids = Field(default_factory=list, max_length=1000)


class EditForm(BaseModel):
    """Changes to an incident; a field that is not sent stays as it is."""

    name: Name | None = None
    summary: Summary | None = None
    add: Ids = Field(default_factory=list, max_length=1000)
    remove: Ids = Field(default_factory=list, max_length=1000)
    tlp: Annotated[str, StringConstraints(max_length=50)] | None = None
