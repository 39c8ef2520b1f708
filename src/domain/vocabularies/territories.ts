import type { Choice } from './choice.ts';

/*
 * Regions, prefectures and communes of Togo.
 * Source: Togodevelopers, « Api_commune_Togo » (state of 30 November 2021), under the Open Database License
 * (ODbL) 1.0; three spellings normalised. Credited on /mentions-legales/.
 */

/** The five regions of Togo. */
export const REGIONS = [
  { value: 'maritime', label: 'Maritime' },
  { value: 'plateaux', label: 'Plateaux' },
  { value: 'centrale', label: 'Centrale' },
  { value: 'kara', label: 'Kara' },
  { value: 'savanes', label: 'Savanes' },
] as const satisfies readonly Choice[];

/** The value of one of {@link REGIONS}. */
export type Region = (typeof REGIONS)[number]['value'];

/** A prefecture with its communes, as people write them. */
export interface Prefecture {
  region: Region;
  name: string;
  communes: readonly string[];
}

/** The 39 prefectures, by region. */
export const PREFECTURES: readonly Prefecture[] = [
  {
    region: 'maritime',
    name: 'Agoè-Nyivé',
    communes: [
      'Agoè-Nyivé 1',
      'Agoè-Nyivé 2',
      'Agoè-Nyivé 3',
      'Agoè-Nyivé 4',
      'Agoè-Nyivé 5',
      'Agoè-Nyivé 6',
    ],
  },
  { region: 'maritime', name: 'Avé', communes: ['Avé 1', 'Avé 2'] },
  { region: 'maritime', name: 'Bas-Mono', communes: ['Bas-Mono 1', 'Bas-Mono 2'] },
  {
    region: 'maritime',
    name: 'Golfe',
    communes: ['Golfe 1', 'Golfe 2', 'Golfe 3', 'Golfe 4', 'Golfe 5', 'Golfe 6', 'Golfe 7'],
  },
  { region: 'maritime', name: 'Lacs', communes: ['Lacs 1', 'Lacs 2', 'Lacs 3', 'Lacs 4'] },
  { region: 'maritime', name: 'Vo', communes: ['Vo 1', 'Vo 2', 'Vo 3', 'Vo 4'] },
  { region: 'maritime', name: 'Yoto', communes: ['Yoto 1', 'Yoto 2', 'Yoto 3'] },
  { region: 'maritime', name: 'Zio', communes: ['Zio 1', 'Zio 2', 'Zio 3', 'Zio 4'] },
  { region: 'plateaux', name: 'Agou', communes: ['Agou 1', 'Agou 2'] },
  { region: 'plateaux', name: 'Akébou', communes: ['Akébou 1', 'Akébou 2'] },
  { region: 'plateaux', name: 'Amou', communes: ['Amou 1', 'Amou 2', 'Amou 3'] },
  { region: 'plateaux', name: 'Anié', communes: ['Anié 1', 'Anié 2'] },
  { region: 'plateaux', name: 'Danyi', communes: ['Danyi 1', 'Danyi 2'] },
  { region: 'plateaux', name: 'Est-Mono', communes: ['Est-Mono 1', 'Est-Mono 2', 'Est-Mono 3'] },
  { region: 'plateaux', name: 'Haho', communes: ['Haho 1', 'Haho 2', 'Haho 3', 'Haho 4'] },
  { region: 'plateaux', name: 'Kloto', communes: ['Kloto 1', 'Kloto 2', 'Kloto 3'] },
  { region: 'plateaux', name: 'Kpélé', communes: ['Kpélé 1', 'Kpélé 2'] },
  { region: 'plateaux', name: 'Moyen-Mono', communes: ['Moyen-Mono 1', 'Moyen-Mono 2'] },
  { region: 'plateaux', name: 'Ogou', communes: ['Ogou 1', 'Ogou 2', 'Ogou 3', 'Ogou 4'] },
  { region: 'plateaux', name: 'Wawa', communes: ['Wawa 1', 'Wawa 2', 'Wawa 3'] },
  { region: 'centrale', name: 'Blitta', communes: ['Blitta 1', 'Blitta 2', 'Blitta 3'] },
  { region: 'centrale', name: 'Mô', communes: ['Mô 1', 'Mô 2'] },
  { region: 'centrale', name: 'Sotouboua', communes: ['Sotouboua 1', 'Sotouboua 2', 'Sotouboua 3'] },
  { region: 'centrale', name: 'Tchamba', communes: ['Tchamba 1', 'Tchamba 2', 'Tchamba 3'] },
  {
    region: 'centrale',
    name: 'Tchaoudjo',
    communes: ['Tchaoudjo 1', 'Tchaoudjo 2', 'Tchaoudjo 3', 'Tchaoudjo 4'],
  },
  { region: 'kara', name: 'Assoli', communes: ['Assoli 1', 'Assoli 2', 'Assoli 3'] },
  { region: 'kara', name: 'Bassar', communes: ['Bassar 1', 'Bassar 2', 'Bassar 3', 'Bassar 4'] },
  { region: 'kara', name: 'Binah', communes: ['Binah 1', 'Binah 2'] },
  { region: 'kara', name: 'Dankpen', communes: ['Dankpen 1', 'Dankpen 2', 'Dankpen 3'] },
  { region: 'kara', name: 'Doufelgou', communes: ['Doufelgou 1', 'Doufelgou 2', 'Doufelgou 3'] },
  { region: 'kara', name: 'Kozah', communes: ['Kozah 1', 'Kozah 2', 'Kozah 3', 'Kozah 4'] },
  { region: 'kara', name: 'Kéran', communes: ['Kéran 1', 'Kéran 2', 'Kéran 3'] },
  { region: 'savanes', name: 'Cinkassé', communes: ['Cinkassé 1', 'Cinkassé 2'] },
  { region: 'savanes', name: 'Kpendjal', communes: ['Kpendjal 1', 'Kpendjal 2'] },
  { region: 'savanes', name: 'Kpendjal-Ouest', communes: ['Kpendjal-Ouest 1', 'Kpendjal-Ouest 2'] },
  { region: 'savanes', name: 'Oti', communes: ['Oti 1', 'Oti 2'] },
  { region: 'savanes', name: 'Oti-Sud', communes: ['Oti-Sud 1', 'Oti-Sud 2'] },
  { region: 'savanes', name: 'Tandjouaré', communes: ['Tandjouaré 1', 'Tandjouaré 2'] },
  { region: 'savanes', name: 'Tône', communes: ['Tône 1', 'Tône 2', 'Tône 3', 'Tône 4'] },
];
