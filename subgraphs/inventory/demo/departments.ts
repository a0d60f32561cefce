/** A department of the demo's shop. Everything in it is invented. */
export interface Department {
  readonly name: string;
  readonly supplier: { readonly name: string; readonly leadTimeDays: number };
  /** Invented; given to the products in turn. */
  readonly brands: readonly string[];
  readonly sections: readonly {
    readonly name: string;
    readonly taxPpm: number;
    /** `name, price in euros; …` */
    readonly products: string;
  }[];
}

const food = 55_000;
const prepared = 100_000;
const standard = 200_000;

export const departments: readonly Department[] = [
  {
    name: 'Cafés',
    supplier: { name: 'Brûlerie Malvoisin', leadTimeDays: 4 },
    brands: ['Malvoisin', 'Kawa du Port', 'Petit Zinc'],
    sections: [
      {
        name: 'Cafés en grains',
        taxPpm: food,
        products:
          'Café Kenya 250 g, 12.50; Café Éthiopie Moka 250 g, 11.90; Café Colombie 250 g, 9.80; Café Brésil 500 g, 14.60; Café du matin 1 kg, 19.90; Café Guatemala 250 g, 10.40; Café Pérou équitable 500 g, 15.80; Café d’Inde Malabar 250 g, 9.60',
      },
      {
        name: 'Cafés moulus',
        taxPpm: food,
        products:
          'Café moulu filtre 250 g, 6.90; Café moulu italien 250 g, 7.40; Décaféiné moulu 250 g, 8.20; Café moulu doux 500 g, 11.50; Café moulu corsé 500 g, 11.90; Café noisette 200 g, 7.80; Chicorée à la cuillère 250 g, 5.60; Café turc 200 g, 6.40',
      },
      {
        name: 'Dosettes et capsules',
        taxPpm: food,
        products:
          'Capsules ristretto × 20, 7.90; Capsules lungo × 20, 7.90; Capsules décaféiné × 20, 8.30; Dosettes souples × 36, 6.70; Dosettes expresso × 18, 4.90; Capsules vanille × 10, 4.50; Capsules noisette × 10, 4.50; Assortiment de capsules × 50, 18.90',
      },
    ],
  },
  {
    name: 'Thés et infusions',
    supplier: { name: 'Comptoir des Feuilles', leadTimeDays: 6 },
    brands: ['Feuille d’Août', 'Clairière', 'Maison Tisserand'],
    sections: [
      {
        name: 'Thés',
        taxPpm: food,
        products:
          'Thé noir Earl Grey 100 g, 7.20; Thé vert à la menthe 100 g, 6.80; Thé blanc aux pétales 50 g, 11.40; Thé noir fumé 100 g, 8.10; Thé vert sencha 100 g, 9.30; Thé noir aux épices 100 g, 7.60; Thé oolong 80 g, 10.90; Matcha de cuisine 60 g, 14.50; Thé noir Assam 100 g, 7.90; Genmaïcha au riz soufflé 100 g, 8.60',
      },
      {
        name: 'Infusions',
        taxPpm: food,
        products:
          'Tilleul en feuilles 50 g, 4.90; Verveine citronnée 40 g, 5.20; Camomille 40 g, 4.80; Infusion du soir × 25, 4.30; Rooibos vanille 100 g, 6.40; Menthe poivrée × 25, 3.90; Infusion gingembre-citron × 25, 4.60; Fleurs d’hibiscus 100 g, 5.10; Infusion fenouil-anis × 25, 3.90; Thym de garrigue 60 g, 4.40; Infusion fruits rouges × 25, 4.40',
      },
    ],
  },
  {
    name: 'Épicerie salée',
    supplier: { name: 'Halle aux Saveurs', leadTimeDays: 5 },
    brands: ['La Bonne Huche', 'Mas Fadet', 'Terrebrune'],
    sections: [
      {
        name: 'Huiles et condiments',
        taxPpm: food,
        products:
          'Huile d’olive vierge 75 cl, 12.90; Huile de noix 25 cl, 8.70; Vinaigre de cidre 50 cl, 3.40; Moutarde à l’ancienne 200 g, 2.90; Fleur de sel 125 g, 5.80; Poivre noir en grains 80 g, 4.70; Cornichons au vinaigre 370 g, 3.20; Tapenade noire 90 g, 3.90; Câpres surfines 100 g, 2.60',
      },
      {
        name: 'Pâtes, riz et légumes secs',
        taxPpm: food,
        products:
          'Coquillettes 500 g, 1.60; Tagliatelles aux œufs 250 g, 2.80; Riz rond de Camargue 1 kg, 4.20; Lentilles vertes 500 g, 3.10; Pois chiches 500 g, 2.40; Semoule moyenne 1 kg, 2.70; Quinoa blond 400 g, 4.60; Polenta fine 500 g, 2.30; Haricots tarbais 500 g, 7.90',
      },
      {
        name: 'Conserves',
        taxPpm: food,
        products:
          'Sardines à l’huile 115 g, 3.60; Thon au naturel 140 g, 2.90; Tomates pelées 400 g, 1.70; Maïs doux 300 g, 1.50; Soupe de poisson 75 cl, 5.90; Ratatouille 650 g, 4.80; Rillettes de canard 180 g, 5.40; Terrine forestière 180 g, 4.90; Pois cassés cuisinés 400 g, 2.80',
      },
      {
        name: 'Apéritif',
        taxPpm: food,
        products:
          'Amandes grillées 150 g, 4.30; Olives vertes 250 g, 3.80; Chips à l’ancienne 150 g, 2.60; Gressins au romarin 125 g, 2.90; Noix de cajou 150 g, 4.90; Tartinade de poivrons 120 g, 3.70; Houmous 175 g, 3.30; Saucisson sec 200 g, 5.90; Crackers au sésame 130 g, 2.80; Pistaches 200 g, 6.40',
      },
    ],
  },
  {
    name: 'Épicerie sucrée',
    supplier: { name: 'Sucrerie Bellefeuille', leadTimeDays: 5 },
    brands: ['Bellefeuille', 'Gourmandine', 'Les Trois Ruches'],
    sections: [
      {
        name: 'Confitures et miels',
        taxPpm: food,
        products:
          'Confiture de fraises 320 g, 4.20; Confiture d’abricots 320 g, 4.10; Gelée de coings 320 g, 4.60; Miel de lavande 500 g, 9.80; Miel d’acacia 250 g, 6.30; Crème de marrons 250 g, 3.70; Pâte à tartiner noisette 350 g, 5.60; Confiture de mirabelles 320 g, 4.80; Caramel au beurre salé 220 g, 4.50',
      },
      {
        name: 'Biscuits',
        taxPpm: food,
        products:
          'Sablés au beurre 200 g, 3.40; Madeleines × 12, 3.90; Galettes bretonnes 150 g, 2.90; Biscuits à la cuillère × 24, 2.60; Pain d’épices 300 g, 4.70; Croquants aux amandes 180 g, 4.40; Financiers × 8, 4.10; Spéculoos 250 g, 2.80; Navettes à l’oranger 200 g, 4.30',
      },
      {
        name: 'Chocolats',
        taxPpm: standard,
        products:
          'Chocolat noir 70 % 100 g, 2.70; Chocolat au lait noisettes 100 g, 2.90; Chocolat blanc 100 g, 2.60; Truffes cacaotées 200 g, 6.90; Orangettes 150 g, 7.80; Chocolat à croquer 1 kg, 13.90; Rochers praliné × 9, 8.50; Cacao en poudre 250 g, 4.90; Ballotin de chocolats 375 g, 16.90',
      },
    ],
  },
  {
    name: 'Boissons',
    supplier: { name: 'Caves du Vieux Pont', leadTimeDays: 3 },
    brands: ['Source Claire', 'Vieux Pont', 'Bulle d’Or'],
    sections: [
      {
        name: 'Jus et sirops',
        taxPpm: food,
        products:
          'Jus de pomme 1 L, 3.20; Jus d’orange 1 L, 3.60; Nectar de poire 1 L, 3.40; Sirop de menthe 70 cl, 4.90; Sirop de grenadine 70 cl, 4.50; Limonade artisanale 75 cl, 2.90; Eau gazeuse 1 L, 1.20; Jus de raisin 1 L, 3.90; Kombucha gingembre 33 cl, 3.30',
      },
      {
        name: 'Vins et cidres',
        taxPpm: standard,
        products:
          'Cidre brut 75 cl, 4.80; Vin rouge de pays 75 cl, 6.90; Vin blanc sec 75 cl, 7.40; Rosé d’été 75 cl, 6.50; Crémant blanc 75 cl, 11.90; Bière blonde 33 cl, 2.30; Bière ambrée 75 cl, 4.90; Poiré demi-sec 75 cl, 5.60; Vin doux naturel 50 cl, 12.40',
      },
    ],
  },
  {
    name: 'Traiteur',
    supplier: { name: 'Cuisines de la Place', leadTimeDays: 1 },
    brands: ['Table d’Hier', 'Midi Pile', 'La Place'],
    sections: [
      {
        name: 'À emporter',
        taxPpm: prepared,
        products:
          'Quiche aux poireaux, 4.90; Sandwich jambon-beurre, 4.20; Salade lentilles-feta, 6.80; Soupe du jour 40 cl, 4.50; Tarte à la tomate, 4.70; Wrap aux légumes, 5.30; Croque-monsieur, 4.60; Taboulé aux herbes 300 g, 4.40; Gratin dauphinois 350 g, 5.90; Parmentier de canard 350 g, 7.60',
      },
      {
        name: 'Douceurs du jour',
        taxPpm: prepared,
        products:
          'Part de flan pâtissier, 3.20; Tartelette au citron, 3.90; Far aux pruneaux, 3.40; Riz au lait 200 g, 2.80; Mousse au chocolat 120 g, 3.10; Cookie aux noix, 2.40; Chausson aux pommes, 2.30; Salade de fruits 250 g, 3.90; Clafoutis aux cerises, 3.60; Crêpe au sucre, 2.50',
      },
    ],
  },
  {
    name: 'Hygiène et beauté',
    supplier: { name: 'Savonnerie du Lavoir', leadTimeDays: 8 },
    brands: ['Lavoir', 'Fleur de Ville', 'Alizine'],
    sections: [
      {
        name: 'Savons et soins',
        taxPpm: standard,
        products:
          'Savon à l’huile d’olive 300 g, 4.90; Savon surgras au karité 100 g, 3.60; Crème pour les mains 75 ml, 6.40; Baume à lèvres, 3.20; Huile d’amande douce 100 ml, 8.90; Eau de rose 200 ml, 5.70; Crème de jour 50 ml, 14.90; Lait pour le corps 400 ml, 9.40; Gant de gommage, 5.80; Gel d’aloès 200 ml, 8.20',
      },
      {
        name: 'Cheveux et bain',
        taxPpm: standard,
        products:
          'Shampooing solide 75 g, 7.90; Shampooing à l’ortie 250 ml, 6.30; Gel douche agrumes 300 ml, 4.80; Sels de bain 500 g, 7.20; Brosse à cheveux en bois, 12.50; Peigne en corne, 9.90; Dentifrice à l’argile 75 ml, 4.40; Brosse à dents en bambou, 3.50; Mousse à raser 200 ml, 5.60; Déodorant à la pierre, 6.90',
      },
    ],
  },
  {
    name: 'Entretien',
    supplier: { name: 'Droguerie Tournesol', leadTimeDays: 7 },
    brands: ['Tournesol', 'Netofrais', 'Grand Jour'],
    sections: [
      {
        name: 'Linge et vaisselle',
        taxPpm: standard,
        products:
          'Lessive liquide 2 L, 9.80; Lessive en poudre 2 kg, 11.40; Adoucissant 1 L, 4.30; Savon noir liquide 1 L, 6.70; Liquide vaisselle 500 ml, 2.90; Pastilles lave-vaisselle × 40, 8.90; Sel régénérant 2 kg, 2.70; Détachant en bâton, 3.90; Percarbonate 1 kg, 5.60',
      },
      {
        name: 'Maison nette',
        taxPpm: standard,
        products:
          'Vinaigre ménager 1 L, 1.90; Bicarbonate 1 kg, 4.20; Cristaux de soude 1 kg, 3.40; Nettoyant multi-usage 750 ml, 3.70; Éponges végétales × 3, 2.80; Serpillière en coton, 4.60; Balai de coco, 12.90; Sacs poubelle 30 L × 20, 3.10; Cire d’abeille pour meubles 250 ml, 9.90; Chiffons microfibre × 4, 5.20',
      },
      {
        name: 'Bougies',
        taxPpm: standard,
        products:
          'Bougie parfumée figuier, 14.90; Bougies chauffe-plat × 30, 4.80; Bougie à la cire d’abeille, 9.60; Diffuseur d’ambiance 100 ml, 17.90; Allumettes longues, 3.20; Photophore en verre, 7.40; Encens à la lavande, 5.30; Bougies flottantes × 10, 6.10',
      },
    ],
  },
  {
    name: 'Papeterie et livres',
    supplier: { name: 'Papeteries de l’Encrier', leadTimeDays: 9 },
    brands: ['Encrier', 'Plume & Cie', 'Grand Format'],
    sections: [
      {
        name: 'Écriture',
        taxPpm: standard,
        products:
          'Stylo plume d’écolier, 8.90; Stylo à bille bleu × 4, 3.60; Crayons de couleur × 24, 9.40; Crayons à papier HB × 6, 3.20; Surligneurs × 4, 4.50; Gomme blanche, 1.10; Taille-crayon à réservoir, 2.30; Encre violette 30 ml, 5.80; Feutres fins × 10, 7.60',
      },
      {
        name: 'Cahiers et papiers',
        taxPpm: standard,
        products:
          'Cahier à spirale A4, 3.40; Carnet ligné A5, 5.90; Bloc-notes quadrillé, 2.60; Ramette A4 500 feuilles, 5.70; Enveloppes × 50, 4.20; Agenda de poche, 8.50; Papier à lettres × 25, 6.40; Classeur à levier, 3.90; Carnet de croquis A4, 9.20',
      },
      {
        name: 'Livres de cuisine',
        taxPpm: food,
        products:
          'Le pain chez soi (livre), 18.90; Cuisine des quatre saisons (livre), 24.50; Petit traité du café (livre), 14.90; Soupes et potées (livre), 12.90; Desserts de grand-mère (livre), 16.50; Le potager au balcon (livre), 15.90; Confitures et bocaux (livre), 13.50',
      },
      {
        name: 'Jeux',
        taxPpm: standard,
        products:
          'Jeu de dames en bois, 19.90; Jeu de 54 cartes, 4.90; Puzzle 500 pièces, 13.90; Dominos illustrés, 11.50; Toupie en hêtre, 5.60; Jeu des sept familles, 7.90; Pâte à modeler × 6, 8.40; Cerf-volant, 17.50; Yo-yo, 4.20; Jeu de l’oie, 15.40',
      },
    ],
  },
  {
    name: 'Quincaillerie',
    supplier: { name: 'Établissements Ferrand-Boulon', leadTimeDays: 10 },
    brands: ['Ferrand', 'Boulonnerie', 'Solidex'],
    sections: [
      {
        name: 'Outils',
        taxPpm: standard,
        products:
          'Marteau de menuisier, 14.90; Tournevis × 6, 12.40; Pince universelle, 11.80; Mètre ruban 5 m, 6.90; Niveau à bulle 40 cm, 9.70; Scie égoïne, 16.50; Clé à molette, 13.20; Cutter à lame large, 4.90; Serre-joint 30 cm, 8.60; Ciseau à bois 16 mm, 10.90',
      },
      {
        name: 'Visserie et électricité',
        taxPpm: standard,
        products:
          'Vis à bois 4 × 40 × 100, 5.30; Chevilles 6 mm × 50, 3.90; Clous 50 mm 500 g, 4.60; Crochets à vis × 10, 3.10; Ampoule LED E27, 4.80; Ampoule LED E14, 4.50; Rallonge 3 m, 8.90; Multiprise 5 prises, 12.60; Piles AA × 8, 6.40; Lampe de poche, 11.90; Ruban adhésif fort, 5.20',
      },
    ],
  },
  {
    name: 'Cuisine et table',
    supplier: { name: 'Faïencerie de Montclair', leadTimeDays: 14 },
    brands: ['Montclair', 'Bon Fourneau', 'Tablée'],
    sections: [
      {
        name: 'Ustensiles',
        taxPpm: standard,
        products:
          'Cafetière à piston 1 L, 24.90; Moulin à café manuel, 34.50; Bouilloire émaillée 1,5 L, 39.90; Théière en fonte 80 cl, 44.00; Planche à découper, 17.90; Couteau d’office, 12.80; Fouet à main, 6.90; Spatule en bois, 4.20; Râpe à fromage, 9.80; Moule à manqué 26 cm, 13.40',
      },
      {
        name: 'Vaisselle',
        taxPpm: standard,
        products:
          'Bol à déjeuner, 7.50; Tasse à expresso, 5.90; Assiette plate, 8.20; Assiette creuse, 8.40; Verre à eau × 6, 15.90; Carafe 1 L, 14.50; Saladier en grès, 26.90; Plat à gratin, 22.40; Cuillères à café × 6, 13.80; Torchon en lin, 9.60; Nappe enduite 150 × 250, 29.90',
      },
      {
        name: 'Conservation',
        taxPpm: standard,
        products:
          'Bocal à joint 1 L, 4.60; Boîte à thé, 8.90; Boîte à biscuits, 11.40; Gourde isotherme 50 cl, 21.90; Film à la cire × 3, 12.80; Bouteille en verre 75 cl, 6.20; Corbeille à pain, 9.40; Panier à salade, 13.90; Huilier en verre, 8.70; Garde-manger en toile, 18.60',
      },
    ],
  },
  {
    name: 'Jardin',
    supplier: { name: 'Pépinières de la Roseraie', leadTimeDays: 7 },
    brands: ['Roseraie', 'Vert Galant', 'Pousse-Pousse'],
    sections: [
      {
        name: 'Plantes et graines',
        taxPpm: prepared,
        products:
          'Basilic en pot, 3.40; Lavande en pot, 5.90; Géranium en pot, 4.60; Bulbes de tulipes × 20, 7.80; Graines de tomates, 2.90; Graines de radis, 1.90; Rosier buisson, 16.90; Fraisier en godet, 2.80; Mélange de fleurs des champs, 4.40; Olivier en pot, 39.00',
      },
      {
        name: 'Outils de jardin',
        taxPpm: standard,
        products:
          'Sécateur, 18.90; Transplantoir, 7.60; Arrosoir 10 L, 14.90; Gants de jardin, 6.80; Tuyau d’arrosage 15 m, 24.50; Terreau 20 L, 6.90; Pot en terre cuite 20 cm, 5.40; Ficelle de jute 100 m, 4.30; Jardinière 60 cm, 12.90; Binette à manche court, 11.60',
      },
    ],
  },
];
