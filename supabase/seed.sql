-- Demonstration rows: every one is invented, says so in its title or name, and carries is_example = true.
-- Running this file again adds nothing.
-- No name, e-mail nor telephone: those are stored sealed or encrypted only, and a file of SQL has no key. Placeholders
-- would be answers that nobody can open; the database lets an example leave them empty.

insert into public.projects (
  reference, received_at, status, idempotency_key, content_hash, form_version, consent_at, is_example,
  slug, published_at, title, summary, description, sector, region, prefecture, commune, stage,
  holder_type, holder_name, residence_country, budget_total, amount_raised, needs, skills_sought,
  start_wanted, duration_band, locality_agreement, website, consent_publication, consent_contact
)
select
  reference, received_at, 'published', 'example-' || reference,
  encode(sha256(convert_to(reference, 'UTF8')), 'hex'), 'example', received_at, true,
  slug, received_at + interval '7 days', title, summary, description, sector, region, prefecture, commune, stage,
  holder_type, holder_name, residence_country, budget_total, amount_raised, needs, skills_sought,
  start_wanted, duration_band, locality_agreement, website, true, true
from (values
  (
    'P-EXEM-PLE3', timestamptz '2026-04-04 09:00:00+00', 'exemple-sechage-mangues-kloto',
    'Exemple — Sécher les mangues de Kloto',
    'Un atelier de séchage pour que les mangues de la saison se vendent toute l’année, au lieu de pourrir au bord du champ.',
    'À la saison des mangues, une bonne partie de la récolte se perd faute d’acheteurs. La coopérative veut équiper un atelier de quatre séchoirs et former douze femmes au tri, à l’hygiène et à l’emballage.

Le bâtiment est prêt. Il reste à acheter deux séchoirs et à trouver une personne qui connaisse les règles d’exportation.

Ceci est un exemple : ce projet n’existe pas.',
    'agriculture', 'plateaux', 'Kloto', 'Kloto 1', 'ongoing',
    'association', 'Exemple — Coopérative des fruits de Kloto', 'TG', 18500000, 6200000,
    array['funding', 'skills', 'equipment']::text[], array['Transformation des aliments', 'Commerce international']::text[],
    '2027-02', '6_to_12_months', 'yes', 'https://example.org/mangues'
  ),
  (
    'P-EXEM-PLE4', timestamptz '2026-05-08 09:00:00+00', 'exemple-forage-tone',
    'Exemple — Un forage pour trois villages de la Tône',
    'Un forage à énergie solaire et trois bornes-fontaines, gérés par un comité d’usagers, pour ne plus marcher deux heures chaque jour.',
    'Trois villages partagent aujourd’hui un seul puits, à sec de février à avril. L’étude porte sur un forage, une pompe solaire et trois bornes-fontaines.

Le comité d’usagers fixera le prix de l’eau et paiera l’entretien. Nous cherchons un hydrogéologue pour relire l’étude.

Ceci est un exemple : ce projet n’existe pas.',
    'water', 'savanes', 'Tône', 'Tône 2', 'study',
    'association', 'Exemple — Association De l’eau pour demain', 'FR', 32000000, 4500000,
    array['funding', 'skills']::text[], array['Hydrogéologie']::text[],
    '2027-01', '1_to_2_years', 'yes', null
  ),
  (
    'P-EXEM-PLE5', timestamptz '2026-06-12 09:00:00+00', 'exemple-maternite-doufelgou',
    'Exemple — Équiper la maternité de Doufelgou',
    'Deux tables d’accouchement, un éclairage fiable et une formation : une idée portée par des sages-femmes de la diaspora.',
    'Des sages-femmes installées en Allemagne veulent équiper une maternité rurale et y passer deux semaines par an pour former l’équipe sur place.

Rien n’est commencé : il faut d’abord l’accord du district sanitaire et la liste exacte du matériel utile.

Ceci est un exemple : ce projet n’existe pas.',
    'health', 'kara', 'Doufelgou', null, 'idea',
    'association', 'Exemple — Réseau des sages-femmes solidaires', 'DE', 9800000, 0,
    array['local_partner', 'equipment']::text[], array['Sage-femme', 'Maintenance biomédicale']::text[],
    null, 'under_6_months', 'pending', null
  ),
  (
    'P-EXEM-PLE6', timestamptz '2026-07-16 09:00:00+00', 'exemple-atelier-numerique-golfe',
    'Exemple — Un atelier de réparation de téléphones à Lomé',
    'Un atelier-école où vingt jeunes apprennent à réparer téléphones et ordinateurs, et vivent de leur travail au bout d’un an.',
    'L’atelier accueille déjà six apprentis. L’objectif est d’en former vingt par an et de vendre des appareils remis en état, avec une garantie de trois mois.

Nous cherchons des formateurs à distance, quelques heures par mois, et des outils de soudure.

Ceci est un exemple : ce projet n’existe pas.',
    'digital', 'maritime', 'Golfe', 'Golfe 3', 'ongoing',
    'company', 'Exemple — Atelier Seconde Vie', 'CA', 12000000, 7500000,
    array['skills', 'equipment']::text[], array['Électronique', 'Enseignement à distance', 'Gestion de stock']::text[],
    '2026-12', '1_to_2_years', 'yes', 'https://example.org/atelier'
  ),
  (
    'P-EXEM-PLE7', timestamptz '2026-08-20 09:00:00+00', 'exemple-eclairage-solaire-tchamba',
    'Exemple — Éclairer le marché de Tchamba au soleil',
    'Quarante lampadaires solaires pour que le marché vive après la tombée de la nuit, et une équipe locale pour les entretenir.',
    'Le marché ferme avec le jour. La commune étudie la pose de quarante lampadaires solaires et la formation de quatre électriciens chargés de l’entretien.

Le terrain est communal. Le budget d’entretien est compté sur cinq ans.

Ceci est un exemple : ce projet n’existe pas.',
    'energy', 'centrale', 'Tchamba', 'Tchamba 1', 'study',
    'local_authority', 'Exemple — Collectivité de démonstration', 'TG', 46000000, 10000000,
    array['funding', 'local_partner']::text[], array['Énergie solaire']::text[],
    '2027-06', '6_to_12_months', 'yes', null
  ),
  (
    'P-EXEM-PLE8', timestamptz '2026-09-24 09:00:00+00', 'exemple-formation-couture-lacs',
    'Exemple — Une école de couture à Aného',
    'Trente-deux apprenties ont reçu leur diplôme et leur machine. Le projet est terminé : voici ce qu’il a coûté et ce qu’il en reste.',
    'Pendant deux ans, une ancienne couturière rentrée de Belgique a formé trente-deux apprenties. Vingt-six travaillent aujourd’hui de leur métier.

L’école continue avec les frais d’inscription. Elle accueille volontiers des stagiaires et des conseils en gestion.

Ceci est un exemple : ce projet n’existe pas.',
    'training', 'maritime', 'Lacs', 'Lacs 1', 'delivered',
    'person', 'Exemple — Adjoa Personnage', 'BE', 7400000, 7400000,
    array[]::text[], array[]::text[],
    '2024-03', 'over_2_years', 'yes', null
  )
) as example (
  reference, received_at, slug, title, summary, description, sector, region, prefecture, commune, stage,
  holder_type, holder_name, residence_country, budget_total, amount_raised, needs, skills_sought,
  start_wanted, duration_band, locality_agreement, website
)
on conflict do nothing;

insert into public.registrations (
  reference, received_at, idempotency_key, content_hash, form_version, consent_at, is_example,
  residence_country, city, occupation_family, occupation, skills,
  education_level, experience_band, languages, availability, commitments, action_region,
  consent_registry, consent_contact, consent_statistics
)
select
  reference, received_at, 'example-' || reference,
  encode(sha256(convert_to(reference, 'UTF8')), 'hex'), 'example', received_at, true,
  residence_country, city, occupation_family, occupation,
  skills, education_level, experience_band, languages, availability, commitments, action_region,
  true, consent_contact, consent_statistics
from (values
  (
    'I-EXEM-PLE3', timestamptz '2026-08-03 18:20:00+00', 'FR', 'Lyon',
    'M18', 'Exemple — Développeur d’applications', array['Bases de données', 'Formation de débutants']::text[],
    'master', '6-10', array['fr', 'en', 'ee']::text[], array['remote', 'short_mission']::text[], array['teaching', 'mentoring']::text[],
    'plateaux', true, true
  ),
  (
    'I-EXEM-PLE4', timestamptz '2026-09-14 07:45:00+00', 'CA', 'Montréal',
    'J15', 'Exemple — Infirmière', array['Soins intensifs']::text[],
    'bachelor', '11-20', array['fr']::text[], array['return']::text[], array['medical_mission']::text[],
    'kara', true, false
  )
) as example (
  reference, received_at, residence_country, city, occupation_family, occupation, skills,
  education_level, experience_band, languages, availability, commitments, action_region,
  consent_contact, consent_statistics
)
on conflict do nothing;

insert into public.associations (
  reference, received_at, status, idempotency_key, content_hash, form_version, consent_at, is_example,
  slug, published_at, confirmed_at, name, country, city, founded_year, activities, description, action_regions,
  size_band, website, public_contact, consent_publication, consent_contact
)
select
  reference, received_at, 'published', 'example-' || reference,
  encode(sha256(convert_to(reference, 'UTF8')), 'hex'), 'example', received_at, true,
  slug, received_at + interval '7 days', received_at + interval '7 days', name, country, city, founded_year,
  activities, description, action_regions, size_band, website, public_contact, true, true
from (values
  (
    'S-EXEM-PLE3', timestamptz '2026-05-11 09:00:00+00', 'exemple-amis-du-village-imaginaire',
    'Exemple — Les amis du village imaginaire', 'FR', 'Lille', '2009',
    array['water', 'education']::text[],
    'Une fête par an, des livres pour une école, un puits entretenu. Ceci est un exemple : cette association n’existe pas.',
    array['kara', 'savanes']::text[], '20_to_49', 'https://example.org/amis', 'amis@example.org'
  ),
  (
    'S-EXEM-PLE4', timestamptz '2026-07-02 09:00:00+00', 'exemple-tontine-des-etoiles',
    'Exemple — La tontine des étoiles', 'CI', 'Abidjan', '2018',
    array['social', 'trade_services']::text[],
    'Des commerçantes qui s’entraident. Ceci est un exemple : cette association n’existe pas.',
    array[]::text[], 'under_20', null, null
  ),
  (
    'S-EXEM-PLE6', timestamptz '2026-08-19 09:00:00+00', 'exemple-etudiants-de-nulle-part',
    'Exemple — Étudiants togolais de Nulle-Part', 'DE', 'Nulle-Part', '2021',
    array['education', 'culture_sport', 'digital']::text[],
    'Accueil des nouveaux, soutien aux examens, tournoi de football. Ceci est un exemple : cette association n’existe pas.',
    array['maritime']::text[], '50_to_199', 'https://example.org/etudiants', null
  )
) as example (
  reference, received_at, slug, name, country, city, founded_year, activities, description, action_regions,
  size_band, website, public_contact
)
on conflict do nothing;

insert into public.difficulties (
  reference, received_at, idempotency_key, content_hash, form_version, consent_at, is_example,
  country, office, procedure, difficulty, month_sent, month_received, extra_paper
)
select
  reference, received_at, 'example-' || reference,
  encode(sha256(convert_to(reference, 'UTF8')), 'hex'), 'example', received_at, true,
  country, office, procedure, difficulty, month_sent, month_received, extra_paper
from (values
  (
    'D-EXEM-PLE3', timestamptz '2026-09-04 09:00:00+00',
    'FR', 'Exemple — Guichet inventé', 'passport', 'delay', '2026-03', '2026-08', null
  ),
  (
    'D-EXEM-PLE4', timestamptz '2026-10-13 09:00:00+00',
    'TG', 'Exemple — Mairie inventée', 'birth', 'extra_paper', '2026-09', null, 'Une lettre qui n’existe pas'
  )
) as example (
  reference, received_at, country, office, procedure, difficulty, month_sent, month_received, extra_paper
)
on conflict do nothing;

-- What a person coming back writes is sealed: of an example, only what the closed lists say is left.
insert into public.return_requests (
  reference, received_at, idempotency_key, content_hash, form_version, consent_at, is_example,
  channel, leave_message, country, return_region, needs, consent_storage, consent_contact
)
values (
  'R-EXEM-PLE3', '2026-10-20 09:00:00+00', 'example-R-EXEM-PLE3',
  encode(sha256(convert_to('R-EXEM-PLE3', 'UTF8')), 'hex'), 'example', '2026-10-20 09:00:00+00', true,
  'whatsapp', 'no', 'TN', 'centrale', array['housing', 'job'], true, true
)
on conflict do nothing;

insert into public.rumours (
  reference, received_at, idempotency_key, content_hash, form_version, consent_at, is_example,
  claim, channel, month_seen, link, country
)
values (
  'Q-EXEM-PLE3', '2026-10-27 09:00:00+00', 'example-Q-EXEM-PLE3',
  encode(sha256(convert_to('Q-EXEM-PLE3', 'UTF8')), 'hex'), 'example', '2026-10-27 09:00:00+00', true,
  'Exemple — On dit qu’un tapis volant emmène à Montréal pour le prix d’un beignet.', 'word_of_mouth', '2026-10', null, 'CA'
)
on conflict do nothing;

-- The life of an example: what its holder said since, and what an officer made of it.
insert into public.project_updates (
  reference, received_at, status, idempotency_key, content_hash, form_version, consent_at, is_example,
  project_id, stage, body, amount_received, amount_spent, picture
)
select
  example.reference, example.received_at, example.status, 'example-' || example.reference,
  encode(sha256(convert_to(example.reference, 'UTF8')), 'hex'), 'example', example.received_at, true,
  p.id, example.stage, example.body, example.amount_received, example.amount_spent, example.picture
from (values
  (
    'N-EXEM-PLE3', timestamptz '2026-07-20 09:00:00+00', 'accepted', 'P-EXEM-PLE4', 'study',
    'L’hydrogéologue est venue. Elle propose un forage de 60 mètres, plus près de l’école. Ceci est un exemple : rien de cela n’est arrivé.',
    4500000, 600000, 'Trois piquets rouges dans un champ, et une vingtaine de personnes autour.'
  ),
  (
    'N-EXEM-PLE4', timestamptz '2026-10-05 09:00:00+00', 'accepted', 'P-EXEM-PLE4', 'study',
    'Le comité d’usagers est élu : quatre femmes et trois hommes. Il manque encore l’accord d’un propriétaire.',
    5200000, 650000, null
  ),
  (
    'N-EXEM-PLE6', timestamptz '2026-09-12 09:00:00+00', 'accepted', 'P-EXEM-PLE6', 'ongoing',
    'Neuf apprentis depuis la rentrée, dont quatre femmes. Ceci est un exemple.',
    8100000, 7900000, null
  ),
  (
    'N-EXEM-PLE7', timestamptz '2026-11-02 09:00:00+00', 'received', 'P-EXEM-PLE6', 'ongoing',
    'Un donateur nous a prêté un local plus grand. Ceci est un exemple, qui attend une relecture.',
    null, null, null
  )
) as example (
  reference, received_at, status, project, stage, body, amount_received, amount_spent, picture
)
join public.projects as p on p.reference = example.project
on conflict do nothing;

insert into public.project_qualifications (project_id, criterion, score, sentence, at, officer)
select p.id, example.criterion, example.score, example.sentence, '2026-10-12 09:00:00+00',
  '00000000-0000-4000-8000-000000000000'
from (values
  ('P-EXEM-PLE4', 'need', 'clear', 'Trois villages et un puits à sec trois mois par an.'),
  ('P-EXEM-PLE4', 'land', 'partial', 'L’emplacement est choisi, mais un propriétaire n’a pas encore répondu.'),
  ('P-EXEM-PLE4', 'permits', 'missing', 'L’autorisation de forer n’est pas mentionnée.'),
  ('P-EXEM-PLE4', 'running_costs', 'clear', 'Le prix de l’eau couvre la pompe et le gardien.'),
  ('P-EXEM-PLE4', 'upkeep', 'clear', 'Un comité élu garde une caisse pour les pannes.'),
  ('P-EXEM-PLE4', 'locality', 'clear', 'La commune a donné son accord.'),
  ('P-EXEM-PLE6', 'need', 'partial', 'Vingt jeunes par an, sans dire comment ils sont choisis.')
) as example (project, criterion, score, sentence)
join public.projects as p on p.reference = example.project
on conflict do nothing;

insert into public.help_offers (
  reference, received_at, idempotency_key, content_hash, form_version, consent_at, is_example,
  project, help, details, consent_share, consent_contact
)
values (
  'H-EXEM-PLE3', '2026-11-09 09:00:00+00', 'example-H-EXEM-PLE3',
  encode(sha256(convert_to('H-EXEM-PLE3', 'UTF8')), 'hex'), 'example', '2026-11-09 09:00:00+00', true,
  'exemple-forage-tone', array['skills'], 'Exemple — hydrogéologue imaginaire, deux semaines en juillet', true, true
)
on conflict do nothing;
