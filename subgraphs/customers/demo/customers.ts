/** A row of the demo, with the id it gets. */
export interface DemoCustomer {
  readonly id: number;
  readonly last_name: string;
  readonly first_name: string;
  readonly email: string;
  readonly phone: string | null;
  readonly active: boolean;
}

/** 1 and 123 of the documentation's examples among them; 99999 is nobody. */
const count = 200;

const firstNames =
  'Camille Louis Emma Gabriel Jade Raphaël Louise Arthur Alice Jules Chloé Adam Lina Lucas Mila Maël Rose Hugo Anna Noé Inès Liam Zoé Paul Léa Nathan Manon Sacha Éléonore Théo Agathe Ethan Juliette Gaspard Lola Aaron Margaux Malo François Hélène Benoît Cécile Jérôme Noémie Gérard Anaïs Loïc Aïcha Mathéo Solène'.split(
    ' ',
  );
const lastNames =
  'Martin Bernard Thomas Petit Robert Richard Durand Dubois Moreau Laurent Simon Michel Lefèvre Leroy Roux David Bertrand Morel Fournier Girard Bonnet Dupont Lambert Fontaine Rousseau Vincent Müller Lefort Faure André Mercier Blanc Guérin Boyer Garnier Chevalier François Legrand Gauthier Garcia Perrin Robin Clément Morin Nicolas Henry Roussel Mathieu Gautier Masson Marchand Duval Denis Dumont Marie Lemaire Noël Meyer Dufour Meunier Brun Blanchard Giraud Joly Rivière Lucas Brunet Gaillard Barbier Arnaud Martinez'.split(
    ' ',
  );

const asciiOf = (name: string) => name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** The same customers every time. Their numbers are of the range that is kept for fiction (06 39 98), their addresses of example.org. */
export function makeDemoCustomers(): DemoCustomer[] {
  return Array.from({ length: count }, (_, index) => {
    const id = index + 1;
    const first_name = firstNames[(index * 7) % firstNames.length] as string;
    const last_name = lastNames[(index * 11) % lastNames.length] as string;
    const digits = String((id * 7_919) % 10_000).padStart(4, '0');
    return {
      id,
      last_name,
      first_name,
      email: `${asciiOf(first_name)}.${asciiOf(last_name)}${id}@example.org`,
      phone: id % 9 === 0 ? null : `06 39 98 ${digits.slice(0, 2)} ${digits.slice(2)}`,
      active: id % 25 !== 0,
    };
  });
}
