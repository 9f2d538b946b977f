#include <algorithm>
#include <array>

#include "demo/sale.h"

namespace aremko::demo {

namespace {

using Lines = std::span<const std::string_view>;

constexpr std::array<std::string_view, 16> liked_tina{
    "La tina con vista al río, un lujo.", "El agua estaba perfecta y el lugar muy tranquilo.",
    "Las tinas bajo la lluvia, inolvidable", "Me encantó la tina de noche, con las velas.",
    "la tina calientita y el sonido del rio", "Que la tina sea privada y rodeada de bosque.",
    "El entorno natural y lo relajante de las tinas.", "Todo muy limpio, la tina impecable.",
    "La temperatura de la tina, justo como la pedimos.", "El bosque, el silencio, la tina. Volvería mañana.",
    "Pudimos desconectarnos del trabajo por completo.", "Lo mejor fue la tina Tronador, hermosa vista.",
    "El vapor entre los árboles, mágico.", "Que había duchas y toallas a mano.",
    "Nos dejaron quedarnos un ratito más, un siete.", "Excelente el hidromasaje"};
constexpr std::array<std::string_view, 14> liked_masaje{
    "El masaje fue increíble, la masajista muy profesional.", "Salí como nueva, manos de ángel.",
    "Me soltaron todas las contracturas.", "El masaje relajante, me quedé dormida.",
    "La música y los aromas durante el masaje", "El masaje de piedras calientes, espectacular.",
    "La masajista preguntó dónde me dolía y se dedicó a eso.", "Muy buen masaje, presión justa.",
    "masaje super bueno!!", "La delicadeza del trato y el aceite de lavanda.",
    "Sentí alivio en la espalda por varios días.", "Que te atiendan en pareja, muy romántico.",
    "El masaje descontracturante, lo necesitaba.", "La calidez de la terapeuta"};
constexpr std::array<std::string_view, 12> liked_cabana{
    "La cabaña acogedora y calentita.", "El desayuno en la cabaña, riquísimo el pan amasado.",
    "Despertar con el sonido del río.", "La cama muy cómoda y la vista preciosa.",
    "La decoración romántica con pétalos, sorpresa total.", "La tranquilidad del lugar, ideal para descansar.",
    "El kuchen del desayuno", "La atención del personal, siempre atentos.",
    "Todo limpio y ordenado en la cabaña.", "La estufa a leña y la lluvia en el techo.",
    "El espumante de bienvenida.", "Muy lindo el lugar para celebrar aniversario."};
constexpr std::array<std::string_view, 18> suggestions{
    "Mejorar la señalización para llegar.", "Más estacionamientos.", "Poner más percheros cerca de las tinas.",
    "Que el horario de tinas dure un poco más.", "Agregar opciones veganas en la carta.",
    "Iluminar mejor el camino de noche.", "Tener batas disponibles.", "Bajar un poco la música.",
    "Confirmar la reserva con más anticipación.", "Podrían vender los aceites que usan en el masaje.",
    "Un lugar techado para esperar.", "Ofrecer packs para grupos de amigas.", "Secador de pelo en los camarines",
    "Descuento para clientes frecuentes.", "Que se pueda pagar con tarjeta en el lugar.",
    "Calefacción en los camarines.", "Mejor señal de wifi.", "Ninguna, todo perfecto."};
constexpr std::array<std::string_view, 16> disappointed{
    "El agua de la tina estaba tibia, tuvimos que reclamar.", "Nos hicieron esperar 30 minutos.",
    "El camarín estaba frío y con el piso mojado.", "Había mucho ruido de otro grupo.",
    "El masaje fue corto, no duró la hora.", "Muy caro para lo que ofrecen.",
    "Encontré pelos en la tina, poco aseo.", "Nadie contestaba el teléfono.",
    "Reservamos una tina y nos dieron otra.", "La cabaña tenía olor a humedad.",
    "No había agua caliente en la ducha.", "La masajista llegó atrasada y sin disculparse.",
    "El desayuno llegó frío y faltaba café.", "El cobro no correspondía a lo cotizado.",
    "Decepcionante la decoración, esperaba más.", "El camino de acceso está en mal estado."};
constexpr std::array<std::string_view, 6> mild{"Nada", "Que se acabó muy rápido :)", "El clima, pero no es culpa de ustedes.",
                                               "Faltó un poco de luz.", "Demoró la atención en la entrada.", "Nada, todo bien."};

Lines liked_for(Kind kind) {
  switch (kind) {
    case Kind::masaje: return liked_masaje;
    case Kind::cabana: return liked_cabana;
    default: return liked_tina;
  }
}

int mark(int nps, Rng& rng) { return std::clamp((nps + 1) / 2 + rng.between(-1, 1), 1, 5); }

}  // namespace

std::optional<SurveyAnswer> survey_of(const World& world, const PlannedSale& planned, const Sale& sale) {
  Rng rng(world.seed(), Stream::survey, planned.person, planned.number);
  if (!rng.chance(83) || !sale.came || planned.day >= world.today() || World::is_guide(planned.person) ||
      World::is_staff(planned.person)) {
    return std::nullopt;
  }
  SurveyAnswer answer;
  const int mood = static_cast<int>(rng.weighted({62, 25, 13}));  // glad, content, not
  answer.nps = mood == 0 ? rng.between(9, 10) : mood == 1 ? rng.between(7, 8) : rng.between(0, 6);
  // Never later than the last moment of today: a survey cannot come from the future.
  const Date answered = std::min(planned.day.plus_days(rng.between(1, 4)), world.today());
  answer.answered = Moment::at(answered, rng.between(9, 22), rng.between(0, 59));
  answer.general = mark(answer.nps, rng);
  const Kind kind = main_kind(sale);
  answer.tinas = kind == Kind::tina ? mark(answer.nps, rng) : 0;
  answer.masajes = kind == Kind::masaje ? mark(answer.nps, rng) : 0;
  answer.atencion = mark(answer.nps, rng);
  answer.limpieza = mark(answer.nps, rng);
  if (rng.chance(mood == 2 ? 400 : 850)) answer.liked = rng.pick(liked_for(kind));
  if (rng.chance(100)) answer.liked += answer.liked.empty() ? "Todo" : " Gracias!";
  if (rng.chance(380)) answer.suggestions = rng.pick(suggestions);
  if (mood == 2) answer.disappointed = rng.pick(disappointed);
  if (mood != 2 && rng.chance(220)) answer.disappointed = rng.pick(mild);
  answer.return_intention = mood == 0 ? "si_6m" : mood == 1 ? (rng.chance(700) ? "si_12m" : "no_seguro")
                                                            : (rng.chance(500) ? "no_seguro" : "probablemente_no");
  answer.known = !is_live(world, planned) || !rng.chance(150);
  return answer;
}

}  // namespace aremko::demo
