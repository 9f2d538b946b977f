#include "mcp/protocol.h"

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

#include "mcp/run.h"
#include "mcp/seal.h"

namespace aremko::mcp {
namespace {

Message message_of(std::string_view json) { return *read_message(boost::json::parse(json)); }

net::Headers headers_of(std::initializer_list<std::pair<std::string_view, std::string_view>> all) {
  net::Headers out;
  for (const auto& [name, value] : all) out.add(name, value);
  return out;
}

int code(const std::optional<RpcError>& error) { return error ? error->code : 0; }

TEST(Rpc, RefusesWhatIsNoMessage) {
  for (const char* text :
       {"7", "[]", "{}", R"({"jsonrpc":"1.0","id":1,"method":"ping"})", R"({"jsonrpc":"2.0","id":1})",
        R"({"jsonrpc":"2.0","id":null,"method":"ping"})", R"({"jsonrpc":"2.0","id":1.5,"method":"ping"})",
        R"({"jsonrpc":"2.0","id":{},"method":"ping"})", R"({"jsonrpc":"2.0","id":1,"method":7})",
        R"({"jsonrpc":"2.0","id":1,"method":"ping","params":[1]})", R"({"jsonrpc":"2.0","id":1,"result":3})"}) {
    const auto message = read_message(boost::json::parse(text));
    ASSERT_FALSE(message) << text;
    EXPECT_EQ(message.error().code, rpc_code::invalid_request) << text;
  }
  EXPECT_EQ(read_tree("{").error().code, rpc_code::parse);
}

TEST(Rpc, KeepsAnIdAsItWas) {
  EXPECT_EQ(message_of(R"({"jsonrpc":"2.0","id":"a\"b","method":"ping"})").id, R"("a\"b")");
  EXPECT_EQ(message_of(R"({"jsonrpc":"2.0","id":7,"method":"ping"})").id, "7");
  EXPECT_EQ(message_of(R"({"jsonrpc":"2.0","id":901.0,"method":"ping"})").id, "901") << "an integer by JSON Schema";
  EXPECT_EQ(message_of(R"({"jsonrpc":"2.0","method":"ping"})").kind, Message::Kind::notification);
  EXPECT_EQ(message_of(R"({"jsonrpc":"2.0","id":7,"error":{"code":-1}})").answer.at("error").at("code"), -1);
}

TEST(Protocol, TheEraIsTheMessagesThenTheHeaders) {
  const auto modern = message_of(
      R"({"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"}}})");
  const auto bare = message_of(R"({"jsonrpc":"2.0","id":1,"method":"tools/list"})");
  const auto greeting = message_of(R"({"jsonrpc":"2.0","id":1,"method":"initialize"})");
  EXPECT_TRUE(is_modern(modern, ""));
  EXPECT_FALSE(is_modern(bare, ""));
  EXPECT_FALSE(is_modern(bare, "2025-06-18"));
  EXPECT_TRUE(is_modern(bare, "2026-07-28"));
  EXPECT_TRUE(is_modern(bare, "1999-01-01"));
  EXPECT_FALSE(is_modern(greeting, "2026-07-28"));
}

TEST(Protocol, AHeaderIsDecodedStrictly) {
  EXPECT_EQ(decoded_header("us-west1"), "us-west1");
  EXPECT_EQ(decoded_header("=?base64?SGVsbG8=?="), "Hello");
  EXPECT_EQ(decoded_header("=?base64?SGVsbG8=").value(), "=?base64?SGVsbG8=");  // no suffix: a literal
  EXPECT_EQ(decoded_header("=?base64?SGVsbG8?="), std::nullopt);                // no padding
  EXPECT_EQ(decoded_header("=?base64?SGVs!!!bG8=?="), std::nullopt);
  EXPECT_EQ(decoded_header("=?base64?gA==?="), std::nullopt);  // no UTF-8
  EXPECT_EQ(decoded_header("caf\xc3\xa9"), std::nullopt);      // not visible ASCII
}

TEST(Protocol, TheStandardHeadersMustSayWhatTheBodySays) {
  const auto call = message_of(R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"buscar"}})");
  const auto check = [&](const net::Headers& headers) { return code(check_headers(headers, call, "2026-07-28")); };
  EXPECT_EQ(check(headers_of(
                {{"mcp-protocol-version", "2026-07-28"}, {"MCP-METHOD", "tools/call"}, {"Mcp-Name", "buscar"}})),
            0);
  EXPECT_EQ(check(headers_of({{"MCP-Protocol-Version", "2026-07-28"},
                              {"Mcp-Method", "tools/call"},
                              {"Mcp-Name", "=?base64?YnVzY2Fy?="}})),
            0);
  for (const auto& wrong :
       {headers_of({{"Mcp-Method", "tools/call"}, {"Mcp-Name", "buscar"}}),
        headers_of({{"MCP-Protocol-Version", "2025-11-25"}, {"Mcp-Method", "tools/call"}, {"Mcp-Name", "buscar"}}),
        headers_of({{"MCP-Protocol-Version", "2026-07-28"}, {"Mcp-Method", "TOOLS/CALL"}, {"Mcp-Name", "buscar"}}),
        headers_of({{"MCP-Protocol-Version", "2026-07-28"}, {"Mcp-Method", "tools/call"}}),
        headers_of({{"MCP-Protocol-Version", "2026-07-28"}, {"Mcp-Method", "tools/call"}, {"Mcp-Name", "otra"}}),
        headers_of({{"MCP-Protocol-Version", "2026-07-28"},
                    {"Mcp-Method", "tools/call"},
                    {"Mcp-Name", "buscar"},
                    {"Mcp-Name", "otra"}})}) {
    EXPECT_EQ(check(wrong), rpc_code::header_mismatch);
  }
}

TEST(Protocol, MirroredParametersAreFoundAndChecked) {
  const Object schema =
      boost::json::parse(R"({"type":"object","properties":{"region":{"type":"string","x-mcp-header":"Region"},
      "inner":{"type":"object","properties":{"n":{"type":"integer","x-mcp-header":"N"}}},"flag":{"type":"boolean","x-mcp-header":"Flag"}}})")
          .as_object();
  const auto parameters = mirrored_parameters(schema);
  ASSERT_EQ(parameters.size(), 3U);
  const auto check = [&](const net::Headers& headers, std::string_view arguments) {
    return code(check_mirrored(headers, parameters, boost::json::parse(arguments).as_object()));
  };
  EXPECT_EQ(check(headers_of({}), R"({})"), 0);
  EXPECT_EQ(check(headers_of({}), R"({"region":null})"), 0);
  EXPECT_EQ(check(headers_of({{"Mcp-Param-Region", "sur"}, {"Mcp-Param-N", "42.0"}, {"Mcp-Param-Flag", "true"}}),
                  R"({"region":"sur","inner":{"n":42},"flag":true})"),
            0);
  EXPECT_EQ(check(headers_of({}), R"({"region":"sur"})"), rpc_code::header_mismatch);
  EXPECT_EQ(check(headers_of({{"Mcp-Param-Region", "norte"}}), R"({"region":"sur"})"), rpc_code::header_mismatch);
  EXPECT_EQ(check(headers_of({{"Mcp-Param-Region", "sur"}}), R"({})"), rpc_code::header_mismatch);
  EXPECT_EQ(check(headers_of({{"Mcp-Param-N", "43"}}), R"({"inner":{"n":42}})"), rpc_code::header_mismatch);
}

TEST(Protocol, AnAnnotationThatClientsWouldRefuseIsAFaultOfOurs) {
  for (const char* property :
       {R"({"type":"number","x-mcp-header":"A"})", R"({"type":"string","x-mcp-header":""})",
        R"({"type":"string","x-mcp-header":"a b"})", R"({"type":"string","x-mcp-header":7})"}) {
    EXPECT_THROW(
        mirrored_parameters({{"type", "object"}, {"properties", Object{{"p", boost::json::parse(property)}}}}),
        std::logic_error)
        << property;
  }
}

TEST(Seal, OpensOnlyWhatItClosedForTheSamePurpose) {
  const Seal seal("a secret of some length");
  const std::string sealed = seal.close("about", "the text");
  EXPECT_EQ(sealed.find("the text"), std::string::npos);
  EXPECT_EQ(seal.open("about", sealed), "the text");
  EXPECT_EQ(Seal("a secret of some length").open("about", sealed), "the text");  // after a restart
  EXPECT_EQ(seal.open("another", sealed), std::nullopt);
  EXPECT_EQ(Seal("another secret, as long").open("about", sealed), std::nullopt);
  EXPECT_EQ(Seal("").open("about", sealed), std::nullopt);
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    std::string changed = sealed;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    if (changed != sealed) EXPECT_EQ(seal.open("about", changed), std::nullopt) << i;
  }
  for (const char* nothing : {"", "A", "AAAA", "no base64 at all!"})
    EXPECT_EQ(seal.open("about", nothing), std::nullopt);
}

TEST(Job, IsTheSameRequestWhateverTheOrderOfItsArguments) {
  const Tool tool{.name = "t", .input_schema = {{"type", "object"}}, .run = [](Call&) -> Outcome<ToolResult> {
                    return text_result("");
                  }};
  EXPECT_EQ(job_of(tool, {{"a", 1}, {"b", 2}}).about, job_of(tool, {{"b", 2}, {"a", 1}}).about);
  EXPECT_NE(job_of(tool, {{"a", 1}}).about, job_of(tool, {{"a", 2}}).about);
}

}  // namespace
}  // namespace aremko::mcp
