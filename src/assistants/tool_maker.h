#pragma once
// A tool from an input struct, an output struct and a function, as operations are declared: strict arguments, the
// schemas, the choice of fields and the bound on the answer come of it.

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "assistants/protocol.h"
#include "mcp/arguments.h"
#include "operations/operation.h"

namespace aremko::assistants {

using operations::Note;

struct ToolDeclaration {
  std::string name;
  Text title;
  Text description;
  std::vector<Note> notes{};          // one for each member of the input, in their order
  Effect effect = Effect::reads;
  Scope scope = Scope::read;
  Cost cost = Cost::store;
  std::string list{};                 // the member whose items `fields` chooses from; empty: the output's own members
  std::vector<std::string> always{};  // members that no choice of fields leaves out
  std::string card{};                 // "ui://…": what a host may show beside the text
};

/// The tool that a declaration makes; the parts that need no types.
class ToolMaker {
 public:
  ToolMaker(ToolDeclaration declaration, Object output_schema);
  void add_parameter(operations::Parameter parameter) { parameters_->push_back(std::move(parameter)); }
  const std::shared_ptr<std::vector<operations::Parameter>>& parameters() const { return parameters_; }
  const Note* note(std::size_t index) const {
    return index < declaration_.notes.size() ? &declaration_.notes[index] : nullptr;
  }
  std::string_view name() const { return declaration_.name; }
  Tool make(bool has_fields, std::function<Outcome<ToolResult>(Call&)> run);

 private:
  ToolDeclaration declaration_;
  Object output_schema_;
  std::shared_ptr<std::vector<operations::Parameter>> parameters_;
};

/// What of `structured` was asked for; a fault for a name it does not have. `list` and `always` as declared.
Result<std::string> choose_fields(std::string structured, const std::vector<std::string>& fields, const std::string& list,
                                  const std::vector<std::string>& always);

/// A fault when one of `fields` is none of the answer's, which the schema lists beside those that come `always`.
std::optional<Error> unknown_field(const std::vector<operations::Parameter>& parameters, const std::vector<std::string>& fields,
                                   const std::vector<std::string>& always);

inline std::string_view say(std::string_view language, std::string_view es, std::string_view en) { return language == "en" ? en : es; }

/// The result, or an error result that says how to ask for less when it is beyond what clients take.
ToolResult bounded(std::string text, std::string structured, std::string_view language);

/// `unavailable` before the first snapshot.
std::optional<Error> not_ready(Call& call);

template <class Input, class Output>
Tool make_tool(ToolDeclaration declaration, std::function<Outcome<Output>(Call&, const Input&)> act,
               std::function<std::string(const Output&, std::string_view language)> summary) {
  using Members = boost::describe::describe_members<Input, boost::describe::mod_public>;
  constexpr bool has_fields = requires(const Input& input) { input.fields; };
  const std::string list = declaration.list;
  const std::vector<std::string> always = declaration.always;
  ToolMaker maker(std::move(declaration), json::schema_of<Output>());
  const Input defaults{};
  std::size_t index = 0;
  boost::mp11::mp_for_each<Members>([&](auto member) {
    maker.add_parameter(operations::make_parameter(maker.note(index++), maker.name(), member.name, defaults.*member.pointer));
  });
  auto run = [act = std::move(act), summary = std::move(summary), parameters = maker.parameters(), list,
              always](Call& call) -> Outcome<ToolResult> {
    if (auto fault = not_ready(call)) return fail(std::move(*fault));
    const Object meant = mcp::as_meant(*parameters, call.arguments());
    const operations::Arguments arguments{.json = &meant};
    auto input = operations::read_input<Input>(*parameters, call.context(), arguments);
    if (!input) return fail(std::move(input.error()));
    if constexpr (has_fields) {
      if (auto fault = unknown_field(*parameters, input->fields, always)) return fail(std::move(*fault));
    }
    auto outcome = act(call, *input);
    if (!outcome) return fail(std::move(outcome.error()));
    if (auto* more = std::get_if<InputRequired>(&*outcome)) return std::move(*more);
    const Output& output = std::get<Output>(*outcome);
    std::string structured;
    structured.reserve(4096);
    json::write(structured, output);
    if constexpr (has_fields) {
      if (!input->fields.empty()) {
        auto chosen = choose_fields(std::move(structured), input->fields, list, always);
        if (!chosen) return fail(std::move(chosen.error()));
        structured = std::move(*chosen);
      }
    }
    return bounded(summary(output, call.language()), std::move(structured), call.language());
  };
  return maker.make(has_fields, std::move(run));
}

/// For tools that ask their client nothing.
template <class Input, class Output>
Tool make_tool(ToolDeclaration declaration, Result<Output> (*act)(Call&, const Input&),
               std::string (*summary)(const Output&, std::string_view language)) {
  return make_tool<Input, Output>(
      std::move(declaration),
      [act](Call& call, const Input& input) -> Outcome<Output> {
        auto result = act(call, input);
        if (!result) return fail(std::move(result.error()));
        return std::move(*result);
      },
      summary);
}

// What many tools say of their arguments.
Note cursor_note();
Note fields_note();
Note contact_note();
Note limit_note(std::int64_t max);

/// `forbidden`, in words a model can act on, when contact details are asked for with a key that may only read.
std::optional<Error> contact_refused(Call& call, bool asked);

/// An operation's answer as a tree, asked for by its name, as any door asks for it.
Result<boost::json::value> ask_operation(Call& call, std::string_view operation, const Object& arguments);

}  // namespace aremko::assistants
