#include "normalize/phone_words.h"

#include <algorithm>
#include <array>

namespace aremko::normalize {

namespace {

constexpr std::array phone_words = std::to_array<std::string_view>(
    {"tel", "telef", "telefono", "telefonos", "telf", "tlf", "tfno", "tfn", "fono", "fonos", "fon", "phone", "mobile", "cel",
     "cels", "celu", "celular", "celulares", "cell", "movil", "moviles", "whatsapp", "whatsap", "watsapp", "wasap", "wsp", "wpp",
     "wa", "ws", "contacto", "llamar", "fijo", "fax", "sms"});

constexpr std::array document_words = std::to_array<std::string_view>(
    {"rut", "run", "ci", "cc", "dni", "nif", "nie", "nit", "cuit", "cuil", "cpf", "rg", "ruc", "pasaporte", "passport", "pass",
     "pas", "pasap", "id", "ids", "nid", "identidad", "identificacion", "identificador", "documento", "doc", "docto", "cedula",
     "carnet", "carne", "licencia", "cuenta", "cta", "ctacte", "cte", "banco", "bancoestado", "tarjeta", "visa", "mastercard",
     "folio", "boleta", "factura", "fact", "guia", "orden", "oc", "ot", "pedido", "voucher", "vale", "codigo", "cod", "code",
     "clave", "pin", "serie", "serial", "patente", "poliza", "contrato", "reserva", "reservas", "reservacion", "res", "rsv",
     "booking", "bkg", "reservation", "airbnb", "expedia", "despegar", "ticket", "operacion", "transaccion", "transf",
     "transferencia", "comprobante", "giftcard", "gift", "cupon", "ficha", "sku", "isbn", "ean", "imei", "record", "registro",
     "expediente", "credencial", "matricula", "socio", "afiliado", "convenio", "rol"});

constexpr std::array money_words = std::to_array<std::string_view>(
    {"clp", "usd", "us", "eur", "euro", "euros", "peso", "pesos", "dolar", "dolares", "uf", "utm", "monto", "valor", "total",
     "saldo", "precio", "abono", "abona", "abonado", "pago", "pagado", "deposito", "debe", "mil", "luca", "lucas"});

constexpr std::array linking_words = std::to_array<std::string_view>(
    {"n", "no", "nro", "num", "numero", "nr", "de", "del", "la", "el", "es", "su", "mi", "nacional", "chileno", "chilena",
     "extranjero", "extranjera", "provisorio", "provisoria", "corriente", "vista", "ahorro",
     // "banco estado", "gift card", "tarjeta de crédito": the second half of what they name
     "estado", "chile", "santander", "bci", "itau", "scotiabank", "falabella", "ripley", "security", "card", "regalo", "credito",
     "debito"});

}  // namespace

WordKind kind_of_word(std::string_view word) {
  const auto among = [&](const auto& words) { return std::find(words.begin(), words.end(), word) != words.end(); };
  if (among(phone_words)) return WordKind::phone;
  if (among(document_words)) return WordKind::document;
  if (among(money_words)) return WordKind::money;
  return among(linking_words) ? WordKind::linking : WordKind::none;
}

}  // namespace aremko::normalize
