import{d as k}from"./chunk-OLMZZ2UR.js";import{a as S,b as y}from"./chunk-D7BLKU5O.js";import{a as M}from"./chunk-THCUVR2F.js";import{f as c,h as A,i as L,j as N}from"./chunk-SGR4HTJV.js";import{e as C}from"./chunk-QC3OBNPS.js";import{D as d,I as e,J as x,K as t,v,x as a}from"./chunk-5KFTUXZW.js";var o=t(`
  fragment Models on ModelConnection {
    totalCount
    nodes { slug name commercialUse releaseDate maxTrainingTokens sizes { label } }
  }
`),i=t(`
  fragment Revisions on RevisionConnection {
    nodes { number createdAt actor action changes { field before after } }
  }
`);var q={Dataset:{page:t(`
  query Dataset($slug: String!) {
    dataset(slug: $slug) {
      slug
      ...DatasetFacts
      license { slug name commercialUse }
      links {
        ...LinkFacts
      }
      version
      updatedAt
      models(first: 100) { ...Models }
      revisions(last: 20) { ...Revisions }
    }
  }
`,[A,c,o,i]),list:t(`
  query Datasets($search: String, $after: String) {
    list: datasets(first: 100, after: $after, search: $search, orderBy: [{ field: NAME }]) {
      totalCount
      nodes { slug name models(first: 1) { totalCount } }
      pageInfo { hasNextPage endCursor }
    }
  }
`)},License:{page:t(`
  query License($slug: String!, $language: Language) {
    license(slug: $slug) {
      slug
      ...LicenseFacts
      conditions(language: $language)
      links {
        ...LinkFacts
      }
      version
      updatedAt
      models(first: 100) { ...Models }
      revisions(last: 20) { ...Revisions }
    }
  }
`,[L,c,o,i]),list:t(`
  query Licenses($search: String, $after: String) {
    list: licenses(first: 100, after: $after, search: $search, orderBy: [{ field: NAME }]) {
      totalCount
      nodes { slug name commercialUse models(first: 1) { totalCount } }
      pageInfo { hasNextPage endCursor }
    }
  }
`)},Organization:{page:t(`
  query Organization($slug: String!, $language: Language) {
    organization(slug: $slug) {
      slug
      name(language: $language)
      version
      updatedAt
      models(first: 100) { ...Models }
      revisions(last: 20) { ...Revisions }
    }
  }
`,[o,i]),list:t(`
  query Organizations($search: String, $after: String, $language: Language) {
    list: organizations(first: 100, after: $after, search: $search, orderBy: [{ field: NAME }]) {
      totalCount
      nodes { slug name(language: $language) models(first: 1) { totalCount } }
      pageInfo { hasNextPage endCursor }
    }
  }
`)},Architecture:{page:t(`
  query Architecture($slug: String!) {
    architecture(slug: $slug) {
      slug
      ...ArchitectureFacts
      links {
        ...LinkFacts
      }
      version
      updatedAt
      models(first: 100) { ...Models }
      revisions(last: 20) { ...Revisions }
    }
  }
`,[N,c,o,i]),list:t(`
  query Architectures($search: String, $after: String) {
    list: architectures(first: 100, after: $after, search: $search, orderBy: [{ field: NAME }]) {
      totalCount
      nodes { slug name models(first: 1) { totalCount } }
      pageInfo { hasNextPage endCursor }
    }
  }
`)}};function G({subject:{type:l,path:E,title:j}}){let p=q[l].list,h=S().searchParams,u=(h.get("q")??"").trim().slice(0,200),m=h.get("after"),f=(s,g)=>{let n=new URLSearchParams({...s&&{q:s},...g&&{after:g}});return`/${E}${n.size?`?${n}`:""}`},D={search:u,...m&&{after:m},...I(p)},{data:F,error:$}=C(p,D,{sticky:!0}),r=F?.list;return e("div",{class:"page",children:[e("h1",{tabIndex:-1,children:[a(j),r&&e("span",{class:"badge",children:d(r.totalCount)})]}),e("form",{class:"search",role:"search",onSubmit:s=>s.preventDefault(),children:e("input",{type:"search",name:"q",defaultValue:u,"aria-label":a("filters.find"),placeholder:a("filters.find"),maxLength:200,onInput:s=>y(f(s.currentTarget.value.trim()),{replace:!0,keepScroll:!0})})}),$&&e(x,{error:$}),r?.nodes.length===0&&e("p",{class:"empty",children:a("subject.none")}),e("ul",{class:"subjects",children:r?.nodes.map(({slug:s,name:g,commercialUse:n,models:b})=>e("li",{children:[e("a",{href:k(l,s),children:g}),n&&e(M,{value:n,badge:!0}),b&&e("span",{class:"unit",children:a("subject.models",{count:d(b.totalCount)})})]},s))}),e("p",{class:"buttons",children:[m&&e("a",{class:"button",href:f(u),children:a("subject.first")}),r?.pageInfo.hasNextPage&&e("a",{class:"button",rel:"next",href:f(u,r.pageInfo.endCursor),children:a("subject.next")})]})]})}function I(l){return l.includes("$language")?{language:v()}:{}}export{q as a,G as b,I as c};
