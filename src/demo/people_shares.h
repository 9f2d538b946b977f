#pragma once
// How often the people of a demo are what makes "who is who" hard, of a thousand where nothing else is said. Where the data
// page says how often, that is what a share is set by; where nobody has counted, it is modest and says so.

namespace aremko::demo::people_share {

// Surnames that hold ñ or ü, beside those of the list: 825 of 13,526 names of the services file are cut at one (6.1 %), and
// Núñez, Peña, Zúñiga, Acuña are commoner in Chile than their ranks make them.
inline constexpr int more_foreign_letters = 12;

// Relatives of somebody who is in the data too. Puerto Montt and Puerto Varas are 290,000 people in households of 3.1 (INE, Censo
// 2017); the house knows some 13,000 of them, so by chance alone one guest in eleven has somebody of the household there, and as
// households come together it is twice as many. Each pair counts for two of them.
inline constexpr int couple = 40;
inline constexpr int sibling = 40;
inline constexpr int parent = 35;
inline constexpr int cousin = 35;

// Of siblings, where the other's name allows it; nobody has counted.
inline constexpr int twins = 30;           // names of one initial; 12 births of a thousand are twins', and twins come together
inline constexpr int differ_in_o_a = 250;  // Daniel and Daniela
inline constexpr int both_maria = 400;     // María José and María Ignacia
// Of parents and cousins: a son is named as his father more often than a cousin by chance.
inline constexpr int child_named_so = 250;
inline constexpr int cousin_named_so = 80;
inline constexpr int couple_of_one_sex = 60;

// What they have in common, in the order couple, sibling, parent, cousin. Of the customers file's addresses 5 % are on two or three people;
// one telephone for two people is mostly a household's.
inline constexpr int one_phone[] = {450, 200, 350, 20};
inline constexpr int one_mailbox[] = {120, 30, 80, 0};
inline constexpr int one_town[] = {930, 600, 800, 400};

// A number that was another guest's years ago, of people who are no customers; one number has a few owners in a decade, but
// seldom two of them are guests of one house.
inline constexpr int number_handed_on = 3;

// Customers who stand twice, of those the legacy files do not know: the booking system asks for a phone and takes another
// for another person. Nobody has counted.
inline constexpr unsigned second_record = 8;

// Firms and institutions are one person in 125; a name that is nobody's, one in 331: nobody has counted.
inline constexpr unsigned organisation_every = 125;
inline constexpr unsigned nobody_every = 331;
inline constexpr int legal_form_left_out = 400;  // of firms' names

// Two people in one name, of the rows of either side.
inline constexpr int couple_as_one_name = 5;

// What is typed where there is no number or address. The customers file repeats 14 of its phones, the reception's among them.
inline constexpr int filler_phone = 2;
inline constexpr int reception_phone = 1;
inline constexpr int filler_mail = 8;      // of addresses
inline constexpr int reception_mail = 4;   // of addresses: a hotel's or an agency's, for its guests

}  // namespace aremko::demo::people_share
