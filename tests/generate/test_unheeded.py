from autophagy.answering.endpoint import Endpoint
from autophagy.answering.served import ServedModel
from autophagy.generate.unheeded import unheeded
from writer import Writer


def test_what_a_server_refuses_is_told():
    model = ServedModel(Endpoint("fake", "http://127.0.0.1:9/v1"))
    assert unheeded(model) == unheeded(Writer()) == []
    model.manners.refused |= {"raw", "top_p"}
    (sentence,) = unheeded(model)
    assert "continuing a text outside a chat, top_p" in sentence
