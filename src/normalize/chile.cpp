#include "normalize/chile.h"

#include <array>

namespace aremko::normalize::chile {

namespace {

constexpr std::array<Region, 16> region_table = {{
    {"Arica y Parinacota", "Arica y Parinacota",
     "arica y parinacota|arica parinacota|arica|parinacota|xv|15|cl ap|decimoquinta"},
    {"Tarapacá", "Tarapacá", "tarapaca|i|1|cl ta|primera"},
    {"Antofagasta", "Antofagasta", "antofagasta|ii|2|cl an|segunda"},
    {"Atacama", "Atacama", "atacama|iii|3|cl at|tercera"},
    {"Coquimbo", "Coquimbo", "coquimbo|iv|4|cl co|cuarta"},
    {"Valparaíso", "Valparaíso", "valparaiso|v|5|cl vs|quinta"},
    {"Metropolitana de Santiago", "RM",
     "metropolitana de santiago|metropolitana santiago|metropolitana|rm|r m|xiii|13|cl rm|"
     "area metropolitana"},
    {"O'Higgins", "O'Higgins",
     "o higgins|ohiggins|libertador general bernardo o higgins|libertador bernardo o higgins|"
     "general bernardo o higgins|bernardo o higgins|libertador b o higgins|"
     "libertador gral bernardo o higgins|libertador|vi|6|cl li|sexta"},
    {"Maule", "Maule", "maule|vii|7|cl ml|septima"},
    {"Ñuble", "Ñuble", "nuble|xvi|16|cl nb"},
    {"Biobío", "Biobío", "biobio|bio bio|viii|8|cl bi|octava"},
    {"La Araucanía", "La Araucanía", "la araucania|araucania|ix|9|cl ar|novena"},
    {"Los Ríos", "Los Ríos", "los rios|rios|xiv|14|cl lr"},
    {"Los Lagos", "Los Lagos", "los lagos|lagos|x|10|cl ll|decima|los lago|lo lagos|lago"},
    {"Aysén", "Aysén",
     "aysen|aisen|aysen del general carlos ibanez del campo|aisen del general carlos ibanez del campo|"
     "aysen del gral carlos ibanez del campo|aysen del general ibanez del campo|xi|11|cl ai|undecima"},
    {"Magallanes", "Magallanes",
     "magallanes|magallanes y de la antartica chilena|magallanes y antartica chilena|"
     "magallanes y la antartica chilena|magallanes y antartica|xii|12|cl ma|duodecima"},
}};

// A region a paragraph, in the order above.
constexpr std::array<Comuna, 346> comuna_table = {{
    {"Arica", 0}, {"Camarones", 0}, {"Putre", 0}, {"General Lagos", 0},
    {"Iquique", 1}, {"Alto Hospicio", 1}, {"Pozo Almonte", 1}, {"Camiña", 1}, {"Colchane", 1}, {"Huara", 1},
    {"Pica", 1},
    {"Antofagasta", 2}, {"Mejillones", 2}, {"Sierra Gorda", 2}, {"Taltal", 2}, {"Calama", 2}, {"Ollagüe", 2},
    {"San Pedro de Atacama", 2}, {"Tocopilla", 2}, {"María Elena", 2},
    {"Copiapó", 3}, {"Caldera", 3}, {"Tierra Amarilla", 3}, {"Chañaral", 3}, {"Diego de Almagro", 3},
    {"Vallenar", 3}, {"Alto del Carmen", 3}, {"Freirina", 3}, {"Huasco", 3},
    {"La Serena", 4}, {"Coquimbo", 4}, {"Andacollo", 4}, {"La Higuera", 4}, {"Paihuano", 4}, {"Vicuña", 4},
    {"Illapel", 4}, {"Canela", 4}, {"Los Vilos", 4}, {"Salamanca", 4}, {"Ovalle", 4}, {"Combarbalá", 4},
    {"Monte Patria", 4}, {"Punitaqui", 4}, {"Río Hurtado", 4},
    {"Valparaíso", 5}, {"Casablanca", 5}, {"Concón", 5}, {"Juan Fernández", 5}, {"Puchuncaví", 5}, {"Quintero", 5},
    {"Viña del Mar", 5}, {"Isla de Pascua", 5}, {"Los Andes", 5}, {"Calle Larga", 5}, {"Rinconada", 5},
    {"San Esteban", 5}, {"La Ligua", 5}, {"Cabildo", 5}, {"Papudo", 5}, {"Petorca", 5}, {"Zapallar", 5},
    {"Quillota", 5}, {"La Calera", 5}, {"Hijuelas", 5}, {"La Cruz", 5}, {"Nogales", 5}, {"San Antonio", 5},
    {"Algarrobo", 5}, {"Cartagena", 5}, {"El Quisco", 5}, {"El Tabo", 5}, {"Santo Domingo", 5}, {"San Felipe", 5},
    {"Catemu", 5}, {"Llaillay", 5}, {"Panquehue", 5}, {"Putaendo", 5}, {"Santa María", 5}, {"Quilpué", 5},
    {"Limache", 5}, {"Olmué", 5}, {"Villa Alemana", 5},
    {"Santiago", 6}, {"Cerrillos", 6}, {"Cerro Navia", 6}, {"Conchalí", 6}, {"El Bosque", 6},
    {"Estación Central", 6}, {"Huechuraba", 6}, {"Independencia", 6}, {"La Cisterna", 6}, {"La Florida", 6},
    {"La Granja", 6}, {"La Pintana", 6}, {"La Reina", 6}, {"Las Condes", 6}, {"Lo Barnechea", 6}, {"Lo Espejo", 6},
    {"Lo Prado", 6}, {"Macul", 6}, {"Maipú", 6}, {"Ñuñoa", 6}, {"Pedro Aguirre Cerda", 6}, {"Peñalolén", 6},
    {"Providencia", 6}, {"Pudahuel", 6}, {"Quilicura", 6}, {"Quinta Normal", 6}, {"Recoleta", 6}, {"Renca", 6},
    {"San Joaquín", 6}, {"San Miguel", 6}, {"San Ramón", 6}, {"Vitacura", 6}, {"Puente Alto", 6}, {"Pirque", 6},
    {"San José de Maipo", 6}, {"Colina", 6}, {"Lampa", 6}, {"Tiltil", 6}, {"San Bernardo", 6}, {"Buin", 6},
    {"Calera de Tango", 6}, {"Paine", 6}, {"Melipilla", 6}, {"Alhué", 6}, {"Curacaví", 6}, {"María Pinto", 6},
    {"San Pedro", 6}, {"Talagante", 6}, {"El Monte", 6}, {"Isla de Maipo", 6}, {"Padre Hurtado", 6},
    {"Peñaflor", 6},
    {"Rancagua", 7}, {"Codegua", 7}, {"Coinco", 7}, {"Coltauco", 7}, {"Doñihue", 7}, {"Graneros", 7},
    {"Las Cabras", 7}, {"Machalí", 7}, {"Malloa", 7}, {"Mostazal", 7}, {"Olivar", 7}, {"Peumo", 7},
    {"Pichidegua", 7}, {"Quinta de Tilcoco", 7}, {"Rengo", 7}, {"Requínoa", 7}, {"San Vicente", 7},
    {"Pichilemu", 7}, {"La Estrella", 7}, {"Litueche", 7}, {"Marchigüe", 7}, {"Navidad", 7}, {"Paredones", 7},
    {"San Fernando", 7}, {"Chépica", 7}, {"Chimbarongo", 7}, {"Lolol", 7}, {"Nancagua", 7}, {"Palmilla", 7},
    {"Peralillo", 7}, {"Placilla", 7}, {"Pumanque", 7}, {"Santa Cruz", 7},
    {"Talca", 8}, {"Constitución", 8}, {"Curepto", 8}, {"Empedrado", 8}, {"Maule", 8}, {"Pelarco", 8},
    {"Pencahue", 8}, {"Río Claro", 8}, {"San Clemente", 8}, {"San Rafael", 8}, {"Cauquenes", 8}, {"Chanco", 8},
    {"Pelluhue", 8}, {"Curicó", 8}, {"Hualañé", 8}, {"Licantén", 8}, {"Molina", 8}, {"Rauco", 8}, {"Romeral", 8},
    {"Sagrada Familia", 8}, {"Teno", 8}, {"Vichuquén", 8}, {"Linares", 8}, {"Colbún", 8}, {"Longaví", 8},
    {"Parral", 8}, {"Retiro", 8}, {"San Javier", 8}, {"Villa Alegre", 8}, {"Yerbas Buenas", 8},
    {"Chillán", 9}, {"Bulnes", 9}, {"Chillán Viejo", 9}, {"El Carmen", 9}, {"Pemuco", 9}, {"Pinto", 9},
    {"Quillón", 9}, {"San Ignacio", 9}, {"Yungay", 9}, {"Cobquecura", 9}, {"Coelemu", 9}, {"Ninhue", 9},
    {"Portezuelo", 9}, {"Quirihue", 9}, {"Ránquil", 9}, {"Treguaco", 9}, {"Coihueco", 9}, {"Ñiquén", 9},
    {"San Carlos", 9}, {"San Fabián", 9}, {"San Nicolás", 9},
    {"Concepción", 10}, {"Coronel", 10}, {"Chiguayante", 10}, {"Florida", 10}, {"Hualqui", 10}, {"Lota", 10},
    {"Penco", 10}, {"San Pedro de la Paz", 10}, {"Santa Juana", 10}, {"Talcahuano", 10}, {"Tomé", 10},
    {"Hualpén", 10}, {"Lebu", 10}, {"Arauco", 10}, {"Cañete", 10}, {"Contulmo", 10}, {"Curanilahue", 10},
    {"Los Álamos", 10}, {"Tirúa", 10}, {"Los Ángeles", 10}, {"Antuco", 10}, {"Cabrero", 10}, {"Laja", 10},
    {"Mulchén", 10}, {"Nacimiento", 10}, {"Negrete", 10}, {"Quilaco", 10}, {"Quilleco", 10}, {"San Rosendo", 10},
    {"Santa Bárbara", 10}, {"Tucapel", 10}, {"Yumbel", 10}, {"Alto Biobío", 10},
    {"Temuco", 11}, {"Carahue", 11}, {"Cunco", 11}, {"Curarrehue", 11}, {"Freire", 11}, {"Galvarino", 11},
    {"Gorbea", 11}, {"Lautaro", 11}, {"Loncoche", 11}, {"Melipeuco", 11}, {"Nueva Imperial", 11},
    {"Padre Las Casas", 11}, {"Perquenco", 11}, {"Pitrufquén", 11}, {"Pucón", 11}, {"Saavedra", 11},
    {"Teodoro Schmidt", 11}, {"Toltén", 11}, {"Vilcún", 11}, {"Villarrica", 11}, {"Cholchol", 11}, {"Angol", 11},
    {"Collipulli", 11}, {"Curacautín", 11}, {"Ercilla", 11}, {"Lonquimay", 11}, {"Los Sauces", 11}, {"Lumaco", 11},
    {"Purén", 11}, {"Renaico", 11}, {"Traiguén", 11}, {"Victoria", 11},
    {"Valdivia", 12}, {"Corral", 12}, {"Lanco", 12}, {"Los Lagos", 12}, {"Máfil", 12}, {"Mariquina", 12},
    {"Paillaco", 12}, {"Panguipulli", 12}, {"La Unión", 12}, {"Futrono", 12}, {"Lago Ranco", 12},
    {"Río Bueno", 12},
    {"Puerto Montt", 13}, {"Calbuco", 13}, {"Cochamó", 13}, {"Fresia", 13}, {"Frutillar", 13}, {"Los Muermos", 13},
    {"Llanquihue", 13}, {"Maullín", 13}, {"Puerto Varas", 13}, {"Castro", 13}, {"Ancud", 13}, {"Chonchi", 13},
    {"Curaco de Vélez", 13}, {"Dalcahue", 13}, {"Puqueldón", 13}, {"Queilén", 13}, {"Quellón", 13},
    {"Quemchi", 13}, {"Quinchao", 13}, {"Osorno", 13}, {"Puerto Octay", 13}, {"Purranque", 13}, {"Puyehue", 13},
    {"Río Negro", 13}, {"San Juan de la Costa", 13}, {"San Pablo", 13}, {"Chaitén", 13}, {"Futaleufú", 13},
    {"Hualaihué", 13}, {"Palena", 13},
    {"Coyhaique", 14}, {"Lago Verde", 14}, {"Aysén", 14}, {"Cisnes", 14}, {"Guaitecas", 14}, {"Cochrane", 14},
    {"O'Higgins", 14}, {"Tortel", 14}, {"Chile Chico", 14}, {"Río Ibáñez", 14},
    {"Punta Arenas", 15}, {"Laguna Blanca", 15}, {"Río Verde", 15}, {"San Gregorio", 15}, {"Cabo de Hornos", 15},
    {"Antártica", 15}, {"Porvenir", 15}, {"Primavera", 15}, {"Timaukel", 15}, {"Natales", 15},
    {"Torres del Paine", 15},
}};

constexpr std::array<Comuna, 118> town_table = {{
    {"Alerce", 13}, {"Ensenada", 13}, {"Las Cascadas", 13}, {"Nueva Braunau", 13}, {"Chamiza", 13},
    {"Piedra Azul", 13}, {"Lenca", 13}, {"Río Puelo", 13}, {"Ralún", 13}, {"Petrohué", 13}, {"Pargua", 13},
    {"Carelmapu", 13}, {"Hornopirén", 13}, {"Contao", 13}, {"Entre Lagos", 13}, {"Bahía Mansa", 13},
    {"Maicolpué", 13}, {"Achao", 13}, {"Chacao", 13}, {"Cucao", 13}, {"Chepu", 13}, {"Ayacara", 13},
    {"Tegualda", 13}, {"Corte Alto", 13}, {"Peulla", 13}, {"Pelluco", 13}, {"Chinquihue", 13}, {"La Vara", 13},
    {"Lagunitas", 13}, {"Rupanco", 13}, {"Chiloé", 13}, {"Colegual", 13}, {"Los Pellines", 13}, {"Estaquilla", 13},
    {"Huelmo", 13}, {"Caleta La Arena", 13}, {"Villa Santa Lucía", 13}, {"Cancura", 13}, {"Trapén", 13},
    {"Niebla", 12}, {"Liquiñe", 12}, {"Coñaripe", 12}, {"Neltume", 12}, {"Choshuenco", 12}, {"Llifén", 12},
    {"Reumén", 12}, {"Mehuín", 12}, {"Antilhue", 12}, {"Puerto Fuy", 12}, {"Los Molinos", 12}, {"Labranza", 11},
    {"Licán Ray", 11}, {"Caburgua", 11}, {"Malalcahuello", 11}, {"Capitán Pastene", 11}, {"Metrenco", 11},
    {"Huichapa", 11}, {"Ñancul", 11}, {"Dichato", 10}, {"Laraquete", 10}, {"Monte Águila", 10}, {"Huépil", 10},
    {"Ramadillas", 10}, {"Las Trancas", 9}, {"Iloca", 8}, {"Duao", 8}, {"Vilches", 8}, {"Putú", 8},
    {"Panimávida", 8}, {"Matanzas", 7}, {"Bucalemu", 7}, {"Coya", 7}, {"Lo Miranda", 7}, {"Rapel", 7},
    {"Chicureo", 6}, {"Batuco", 6}, {"Alto Jahuel", 6}, {"Farellones", 6}, {"Champa", 6},
    {"Bajos de San Agustín", 6}, {"Malloco", 6}, {"Ciudad de los Valles", 6}, {"Reñaca", 5}, {"Maitencillo", 5},
    {"Curauma", 5}, {"Cachagua", 5}, {"Horcón", 5}, {"Quintay", 5}, {"Laguna Verde", 5}, {"Ventanas", 5},
    {"Con Con Alto", 5}, {"Peñablanca", 5}, {"Las Cruces", 5}, {"Tongoy", 4}, {"Guanaqueros", 4},
    {"Pichidangui", 4}, {"Pisco Elqui", 4}, {"Peñuelas", 4}, {"El Palqui", 4}, {"Bahía Inglesa", 3},
    {"El Salvador", 3}, {"Inca de Oro", 3}, {"Chuquicamata", 2}, {"Paposo", 2}, {"La Tirana", 1}, {"Matilla", 1},
    {"Puerto Chacabuco", 14}, {"Villa Cerro Castillo", 14}, {"Puerto Río Tranquilo", 14}, {"Puerto Guadal", 14},
    {"Puyuhuapi", 14}, {"Balmaceda", 14}, {"La Junta", 14}, {"Melinka", 14}, {"Mañihuales", 14},
    {"Puerto Ingeniero Ibáñez", 14}, {"Cerro Sombrero", 15}, {"Villa Tehuelches", 15}
}};

constexpr std::array<Alias, 83> alias_table = {{
    {"santiago de chile", "Santiago"}, {"santiago centro", "Santiago"}, {"stgo centro", "Santiago"},
    {"stgo", "Santiago"}, {"gran santiago", "Santiago"}, {"scl", "Santiago"}, {"puerto natales", "Natales"},
    {"puerto aysen", "Aysén"}, {"puerto aisen", "Aysén"}, {"aisen", "Aysén"}, {"puerto cisnes", "Cisnes"},
    {"san francisco de mostazal", "Mostazal"}, {"san francisco mostazal", "Mostazal"},
    {"san jose de la mariquina", "Mariquina"}, {"san jose mariquina", "Mariquina"},
    {"puerto saavedra", "Saavedra"}, {"san vicente de tagua tagua", "San Vicente"},
    {"san vicente tagua tagua", "San Vicente"}, {"puerto williams", "Cabo de Hornos"}, {"coihaique", "Coyhaique"},
    {"coyaique", "Coyhaique"}, {"paiguano", "Paihuano"}, {"calera", "La Calera"}, {"llay llay", "Llaillay"},
    {"llayllay", "Llaillay"}, {"til til", "Tiltil"}, {"trehuaco", "Treguaco"}, {"marchihue", "Marchigüe"},
    {"rapa nui", "Isla de Pascua"}, {"hanga roa", "Isla de Pascua"}, {"san javier de loncomilla", "San Javier"},
    {"san fabian de alico", "San Fabián"}, {"chol chol", "Cholchol"}, {"alto bio bio", "Alto Biobío"},
    {"villa o higgins", "O'Higgins"}, {"caleta tortel", "Tortel"}, {"rocas de santo domingo", "Santo Domingo"},
    {"vina", "Viña del Mar"}, {"vina mar", "Viña del Mar"}, {"valpo", "Valparaíso"}, {"conce", "Concepción"},
    {"nunoa santiago", "Ñuñoa"}, {"p montt", "Puerto Montt"}, {"pmontt", "Puerto Montt"}, {"ptomontt", "Puerto Montt"}, {"ptovaras", "Puerto Varas"}, {"pm", "Puerto Montt"},
    {"p varas", "Puerto Varas"}, {"pvaras", "Puerto Varas"}, {"pmc", "Puerto Montt"},
    {"puerto mont", "Puerto Montt"}, {"montt", "Puerto Montt"}, {"varas", "Puerto Varas"},
    {"p arenas", "Punta Arenas"}, {"p octay", "Puerto Octay"}, {"octay", "Puerto Octay"},
    {"pac", "Pedro Aguirre Cerda"}, {"isla pascua", "Isla de Pascua"},
    {"san pedro atacama", "San Pedro de Atacama"}, {"san pedro la paz", "San Pedro de la Paz"},
    {"lican ray", "Licán Ray"}, {"licanray", "Licán Ray"}, {"hornopiren hualaihue", "Hornopirén"},
    {"puelo", "Río Puelo"}, {"cascadas", "Las Cascadas"}, {"la cascada", "Las Cascadas"},
    {"braunau", "Nueva Braunau"}, {"rinconada de los andes", "Rinconada"}, {"coyhaique alto", "Coyhaique"},
    {"imperial", "Nueva Imperial"}, {"padre las casas temuco", "Padre Las Casas"},
    {"padre de las casas", "Padre Las Casas"}, {"ciudad de santiago", "Santiago"},
    {"curaco velez", "Curaco de Vélez"}, {"isla de chiloe", "Chiloé"}, {"isla chiloe", "Chiloé"},
    {"chiloe castro", "Castro"}, {"castro chiloe", "Castro"}, {"ancud chiloe", "Ancud"},
    {"quellon chiloe", "Quellón"}, {"alerce puerto montt", "Alerce"}, {"alerce norte", "Alerce"},
    {"alerce sur", "Alerce"}
}};

}  // namespace

std::span<const Region> regions() { return region_table; }
std::span<const Comuna> comunas() { return comuna_table; }
std::span<const Comuna> towns() { return town_table; }
std::span<const Alias> aliases() { return alias_table; }

}  // namespace aremko::normalize::chile
