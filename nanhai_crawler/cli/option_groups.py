"""Groups of options: a command has one parameter for a value of ours, and a person an option for each of its fields.

Typer reads options from a command's signature, and knows nothing of groups.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from functools import wraps
from inspect import Parameter, Signature, signature
from typing import Annotated, Any, get_args, get_origin


def with_option_groups(command: Callable[..., None]) -> Callable[..., None]:
    """The command with options in the place of each parameter that is annotated with a mapping of them.

    ``Annotated[Kind, {"field": Annotated[…, typer.Option(…)]}]``: the command gets a ``Kind``, a dataclass, made of what
    was given; a field that is not in the mapping has its default.
    """
    given = signature(command).parameters
    groups = {name: get_args(one.annotation) for name, one in given.items() if _is_group(one.annotation)}

    @wraps(command)
    def ungrouped(**values: Any) -> None:
        for name, (kind, options) in groups.items():
            values[name] = kind(**{field: values.pop(field) for field in options})
        command(**values)

    parameters = list(_parameters(given, groups))
    ungrouped.__signature__ = Signature(parameters)  # type: ignore[attr-defined]  # inspect reads it
    ungrouped.__annotations__ = {one.name: one.annotation for one in parameters}
    return ungrouped


def _is_group(annotation: Any) -> bool:
    return get_origin(annotation) is Annotated and isinstance(get_args(annotation)[1], Mapping)


def _parameters(given: Mapping[str, Parameter], groups: Mapping[str, Any]) -> Iterator[Parameter]:
    for name, one in given.items():
        if name not in groups:
            yield one.replace(kind=Parameter.KEYWORD_ONLY)
            continue
        kind, options = groups[name]
        defaults = {field.name: field.default for field in fields(kind)}
        for field, annotation in options.items():
            yield Parameter(field, Parameter.KEYWORD_ONLY, default=defaults[field], annotation=annotation)
