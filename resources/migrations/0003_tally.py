from django.db import migrations, models

# The places are those of resources.tally when this was written.
FUNCTION = """
CREATE FUNCTION resources_tally(
    kind text, topics text[], audiences text[], dimension text, modalities text[], departments text[]
) RETURNS numeric LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT string_agg(CASE WHEN answers THEN '00000001' ELSE '00000000' END, '' ORDER BY place DESC)
        ::numeric
    FROM (
        SELECT place, CASE split_part(known, ':', 1)
            WHEN 'genre' THEN kind = split_part(known, ':', 2)
            WHEN 'theme' THEN split_part(known, ':', 2) = ANY (topics)
            WHEN 'public' THEN split_part(known, ':', 2) = ANY (audiences)
                OR 'tous' = ANY (audiences) OR audiences = '{}'
            WHEN 'dimension' THEN dimension = split_part(known, ':', 2)
            WHEN 'modalite' THEN split_part(known, ':', 2) = ANY (modalities)
            WHEN 'dept' THEN split_part(known, ':', 2) = ANY (departments) OR departments = '{}'
        END AS answers
        FROM unnest(ARRAY[
        'genre:agir', 'genre:mission', 'genre:repere', 'genre:guide', 'genre:referentiel',
        'genre:outil', 'genre:video', 'genre:temoignage', 'genre:experience', 'theme:transversal',
        'theme:relation-individuelle', 'theme:soins-cliniques', 'theme:etp', 'theme:pair-aidance',
        'theme:formation', 'theme:recherche', 'theme:ethique', 'theme:representation',
        'theme:groupe-de-travail', 'theme:management', 'theme:medico-social', 'public:tous',
        'public:patients', 'public:proches', 'public:representants', 'public:professionnels',
        'public:formateurs', 'public:directions', 'dimension:individuel', 'dimension:collectif',
        'dimension:transversal', 'modalite:benevolat', 'modalite:defraiement',
        'modalite:indemnisation', 'modalite:vacation', 'modalite:salariat', 'modalite:prestation',
        'modalite:auto-entrepreneur', 'modalite:portage-salarial', 'modalite:contrat-de-recherche',
        'modalite:retribution-association', 'modalite:mandat', 'dept:09', 'dept:11', 'dept:12',
        'dept:30', 'dept:31', 'dept:32', 'dept:34', 'dept:46', 'dept:48', 'dept:65', 'dept:66',
        'dept:81', 'dept:82'
        ]) WITH ORDINALITY AS list(known, place)
    ) AS values_of_facets
$$
"""


class Migration(migrations.Migration):
    dependencies = [
        ("resources", "0002_indexes_of_the_list"),
    ]

    operations = [
        migrations.RunSQL(
            FUNCTION,
            "DROP FUNCTION resources_tally(text, text[], text[], text, text[], text[])",
        ),
        migrations.AddField(
            model_name="resource",
            name="tally",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Func(
                    "kind",
                    "topics",
                    "audience_codes",
                    "dimension",
                    "modalities",
                    "departments",
                    function="resources_tally",
                ),
                output_field=models.DecimalField(decimal_places=0, max_digits=440),
            ),
        ),
    ]
