-- Power BI ignores case and trailing blanks, so that two companies whose names differ in nothing else would become one
-- and every relationship on them ambiguous.
select
    lower(trim(company_name)) as shown_name,
    count(*) as companies
from {{ ref('companies') }}
where company_key <> -1
group by lower(trim(company_name))
having count(*) > 1
