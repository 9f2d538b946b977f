#include "demo/catalog.h"

#include <array>

namespace aremko::demo {

namespace {

constexpr std::array<Service, 19> all_services{{
    {1, "Tina Hornopirén", 25'000, 120, Kind::tina, 1, 2, "Tina de madera nativa a la orilla del río.", true},
    {2, "Tina Tronador", 25'000, 120, Kind::tina, 1, 2, "Tina caliente con vista al bosque.", true},
    {3, "Tina Osorno", 20'000, 120, Kind::tina, 1, 4, "Tina caliente bajo los arrayanes.", true},
    {4, "Tina Calbuco", 25'000, 120, Kind::tina, 1, 2, "Tina caliente junto al río Pescado.", true},
    {masaje_relajante, "Masaje Relajante", 40'000, 60, Kind::masaje, 2, 2, "Una hora de masaje de relajación."},
    {masaje_terapeutico, "Masaje Terapéutico", 45'000, 60, Kind::masaje, 2, 2, "Masaje profundo para contracturas."},
    {7, "Masaje Piedras Calientes", 48'000, 75, Kind::masaje, 2, 2, "Masaje con piedras volcánicas."},
    {tina_premium, "Tina Caliente Premium", 40'000, 120, Kind::tina, 1, 4, "Tina privada con espumante y fruta."},
    {alojamiento_weekend, "Alojamiento Weekend", 47'500, 1'200, Kind::cabana, 3, 2, "Noche de fin de semana.", true},
    {10, "Cabaña Torre", 45'000, 1'200, Kind::cabana, 3, 2, "Cabaña de dos pisos para dos personas.", true},
    {11, "Cabaña Arrayán", 25'000, 1'200, Kind::cabana, 3, 4, "Cabaña familiar entre arrayanes.", true},
    {hidromasaje, "Hidromasaje Villarrica", 30'000, 120, Kind::tina, 1, 4, "Tina con hidromasaje."},
    {desayuno, "Desayuno", 12'000, 60, Kind::otro, 4, 8, "Desayuno para dos, servido en la cabaña."},
    {ambientacion, "Ambientación Romántica", 32'000, 30, Kind::otro, 5, 2, "Pétalos, velas y espumante.", false, true},
    {tabla_quesos, "Tabla de Quesos", 18'000, 30, Kind::otro, 6, 4, "Quesos del sur, frutos secos y jamón serrano."},
    {tina_nino, "Tina de Niño", 5'000, 120, Kind::tina, 1, 1, "Tina pequeña junto a la de los grandes.", false, true},
    {tina_fria, "Tina Fría", 3'000, 30, Kind::tina, 1, 2, "Para alternar con la tina caliente.", false, true},
    {persona_adicional, "Persona Adicional", 15'000, 1'200, Kind::otro, 3, 2, "Una cama más en la cabaña.", false, true},
    {descuento_servicios, "Descuento_Servicios", -1, 1, Kind::otro, 7, 1, ""},
}};

constexpr std::array<std::string_view, 7> all_service_categories{
    "Tinas", "Masajes", "Cabañas", "Desayunos", "Ambientaciones", "Gastronomía", "Descuento_Servicio"};

constexpr std::array<std::string_view, 7> all_product_categories{
    "Aceites y cremas", "Cosmética natural", "Bebidas", "Picoteo", "Regalos", "Textil", "Descuentos"};

constexpr std::array<Product, 47> all_products{{
    {"Aceite esencial de lavanda", 9'900, 1}, {"Aceite esencial de eucalipto", 9'900, 1},
    {"Aceite de masaje almendras", 12'900, 1}, {"Aceite de rosa mosqueta", 11'900, 1},
    {"Crema corporal de avena", 8'900, 1}, {"Crema de manos caléndula", 5'900, 1},
    {"Crema de pies menta", 6'900, 1}, {"Bálsamo descontracturante", 10'900, 1},
    {"Jabón de matico", 3'900, 2}, {"Jabón de arcilla", 3'900, 2},
    {"Exfoliante de café", 8'500, 2}, {"Sales de baño", 6'500, 2},
    {"Mascarilla de arcilla", 7'900, 2}, {"Shampoo sólido ortiga", 6'900, 2},
    {"Bruma de almohada", 8'900, 2}, {"Vela de soya", 9'900, 2},
    {"Protector labial miel", 3'500, 2}, {"Desodorante natural", 5'900, 2},
    {"Agua mineral", 2'000, 3}, {"Jugo natural de frambuesa", 4'000, 3},
    {"Espumante brut", 15'900, 3}, {"Vino tinto reserva", 13'900, 3},
    {"Cerveza artesanal ámbar", 4'500, 3}, {"Cerveza artesanal rubia", 4'500, 3},
    {"Té de hierbas del sur", 2'500, 3}, {"Café de grano", 2'800, 3},
    {"Chocolate caliente", 3'200, 3}, {"Pisco sour", 5'500, 3},
    {"Tabla de picoteo para dos", 16'900, 4}, {"Tabla vegana", 17'900, 4},
    {"Frutos secos", 4'500, 4}, {"Chocolates artesanales", 7'900, 4},
    {"Kuchen de murta", 4'200, 4}, {"Sándwich de salmón", 7'500, 4},
    {"Galletas de avena", 3'000, 4}, {"Fruta de la estación", 5'000, 4},
    {"Tarjeta de saludo", 1'500, 5}, {"Ramo de flores", 18'000, 5},
    {"Caja de regalo spa", 29'900, 5}, {"Difusor de aromas", 24'900, 5},
    {"Bata de algodón", 27'900, 6}, {"Toalla de playa", 14'900, 6},
    {"Chalas", 6'900, 6}, {"Gorro de piscina", 4'900, 6},
    {"Bolso Aremko", 12'900, 6},             {"Descuento -1000", -1'000, 7},
    {"Descuento -5000", -5'000, 7},
}};

constexpr std::array<int, 5> tina_times{12 * 60, 14 * 60 + 30, 17 * 60, 19 * 60 + 30, 22 * 60};
constexpr std::array<int, 7> masaje_times{10 * 60 + 30, 11 * 60 + 45, 13 * 60, 14 * 60 + 15, 15 * 60 + 30, 16 * 60 + 45, 18 * 60};
constexpr std::array<int, 1> cabana_times{16 * 60};
constexpr std::array<int, 3> otro_times{9 * 60, 14 * 60, 20 * 60};

}  // namespace

std::span<const Service> services() { return all_services; }
const Service& service(int id) { return all_services[static_cast<std::size_t>(id - 1)]; }
std::span<const Product> products() { return all_products; }
std::span<const std::string_view> service_categories() { return all_service_categories; }
std::span<const std::string_view> product_categories() { return all_product_categories; }

std::span<const int> start_minutes(Kind kind) {
  switch (kind) {
    case Kind::tina: return tina_times;
    case Kind::masaje: return masaje_times;
    case Kind::cabana: return cabana_times;
    case Kind::otro: return otro_times;
  }
  return otro_times;
}

Pesos price_in(Pesos price_now, int year) {
  const int percent = year <= 2019 ? 72 : year >= 2024 ? 100 : 75 + (year - 2020) * 6;
  return (price_now * percent / 100 + 500) / 1'000 * 1'000;
}

}  // namespace aremko::demo
