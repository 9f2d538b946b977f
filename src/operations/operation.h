#pragma once
// A verb, declared once: its name, its words, its input and output as described structs, and the function that does
// it. REST routes, OpenAPI, command-line flags and MCP tools are all read off the Operation that comes of it.

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/object.hpp>

#include "base/json_schema.h"
#include "base/result.h"
#include "operations/contacts.h"
#include "operations/parameter.h"
#include "store/keys.h"

namespace aremko::operations {

class Context;
using store::Right;
using store::Scope;

enum class Verb : std::uint8_t { get, post, put, delete_ };

enum class Cost : std::uint8_t {
  light,  // reads the snapshot, well under a millisecond: may run on an I/O thread
  quick,  // computes for some milliseconds
  walk,   // walks everybody, or builds what does: up to seconds
  store,  // asks the store, or waits for a job or a source
};

/// What a verb does to the world, as MCP's annotations say it.
enum class Effect : std::uint8_t {
  reads,      // changes nothing
  repeats,    // changes something; a second time changes nothing more
  adds,       // each time changes something
  destroys,   // takes something away
};

/// The part of an operation its author writes.
struct Declaration {
  std::string_view name;  // snake_case; the operationId, the MCP tool's name
  std::string_view group; // the tag in OpenAPI: "customers"
  Text summary;           // one line
  Text description{};     // more, where there is more to say; Markdown
  Verb verb = Verb::get;
  std::string_view path;  // "/api/v1/aremko/customers/{customer_id}/profile"
  std::optional<Scope> scope = Scope::read;  // what a key must have; nothing: no key is asked for
  std::optional<Right> right{};     // what is asked for beside it, of people and keys alike
  Cost cost = Cost::light;
  Effect effect = Effect::reads;
  bool needs_snapshot = true;       // answered 503 until the first publication
  bool needs_tenant = true;         // false: speaks of the whole process
  std::string_view example{};       // an answer, as JSON
  std::vector<Code> refusals{};     // beside those every such operation has
  std::vector<Note> notes{};        // one for each member of the input, in the members' order
};

/// A job that was asked for instead of an answer.
struct Deferred {
  std::string id;
  std::string job;  // a JobView as JSON
};

struct Operation : Declaration {
  std::vector<Parameter> parameters;
  std::string_view output_name;     // the output struct's
  /// The output's JSON Schema: with `shared` by reference, without it in place.
  std::function<boost::json::object(json::Schemas* shared)> output_schema;
  /// Parses `arguments` strictly and acts; the answer is JSON. The caller has authorised.
  std::function<Result<std::string>(Context&, const Arguments&)> call;

  /// Asks for it as a job, with the same input; empty for a verb that is never one.
  std::function<Result<Deferred>(Context&, const Arguments&)> defer{};

  const Parameter* parameter(std::string_view parameter_name) const;
  /// The input as one flat object without `$ref`.
  boost::json::object input_schema(std::string_view language = "es") const;
};

/// `{}` as an input.
struct NoInput {};
BOOST_DESCRIBE_STRUCT(NoInput, (), ())

/// Reads `arguments` into an Input; every fault in one error.
template <class Input>
Result<Input> read_input(const std::vector<Parameter>& parameters, const Context& context, const Arguments& arguments) {
  using Members = boost::describe::describe_members<Input, boost::describe::mod_public | boost::describe::mod_inherited>;
  Input input{};
  Binder binder(parameters, context, arguments);
  std::size_t index = 0;
  boost::mp11::mp_for_each<Members>([&](auto member) { binder.read(index++, input.*member.pointer); });
  if (auto fault = binder.fault()) return fail(std::move(*fault));
  return input;
}

/// Whether the caller has that right.
bool may(const Context& context, Right right);

/// Throws std::logic_error when the notes do not name the input's members one by one in their order.
template <class Input, class Output>
Operation declare(Declaration declaration, Result<Output> (*act)(Context&, const Input&)) {
  using Members = boost::describe::describe_members<Input, boost::describe::mod_public | boost::describe::mod_inherited>;
  Operation out{std::move(declaration), {}, json::type_name<Output>(), {}, {}, {}};
  const Input defaults{};
  boost::mp11::mp_for_each<Members>([&](auto member) {
    const std::size_t index = out.parameters.size();
    out.parameters.push_back(make_parameter(index < out.notes.size() ? &out.notes[index] : nullptr, out.name,
                                            member.name, defaults.*member.pointer));
  });
  require_notes(out.name, out.notes.size(), out.parameters.size());
  out.output_schema = [](json::Schemas* shared) { return json::schema_of<Output>(shared); };
  out.call = [act, parameters = out.parameters](Context& context, const Arguments& arguments) -> Result<std::string> {
    auto input = read_input<Input>(parameters, context, arguments);
    if (!input) return fail(std::move(input.error()));
    auto output = act(context, *input);
    if (!output) return fail(output.error());
    if (!may(context, Right::contacts)) hide_contacts(*output);
    std::string text;
    text.reserve(4096);  // most answers fit: a profile is about this long
    json::write(text, *output);
    return text;
  };
  return out;
}

}  // namespace aremko::operations
