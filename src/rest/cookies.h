#pragma once
// What a browser holds for its person: two tokens in cookies that no page can read, and that no other site's page sends along.

#include <string_view>

#include "base/error.h"
#include "net/http.h"
#include "operations/browser.h"

namespace aremko::rest {

/// The token of whoever signed in; empty when there is none.
std::string_view session_token(const net::Request& request);

/// Whether the request may act by its cookie: it reads, or a page of ours says that it asks.
bool may_use_session(const net::Request& request);
Error not_our_page();

operations::Browser browser_of(const net::Request& request);

/// Sets what the browser is to keep from now on.
void keep_cookies(const operations::Browser& browser, const net::Request& request, net::Response& response);

}  // namespace aremko::rest
