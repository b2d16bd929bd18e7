import{a as G}from"./chunk-VLLUPTV3.js";import{b as l}from"./chunk-KWJDSEDK.js";import{a as B}from"./chunk-SHD5CMGQ.js";import{f as x}from"./chunk-BF5HYXVK.js";import{a as k,h as j}from"./chunk-3SM5R7CZ.js";import{A as a,D as E,E as O,F as U,G as S,H as z,I as M,J as L,K as N,L as A,M as R,N as q,O as P,P as Z,Q as H,R as p,b,n as C,x as I,z as d}from"./chunk-QU6DUCRV.js";function f(e){return l(e).some(({cited:n})=>n)}function v(e,n={}){let t=Object.fromEntries(l(e).map(s=>[s.name,ae(s,n)]));if(!f(e))return t;let r=n.evidence?.nodes??[];return{...t,evidence:r.map(s=>oe(e,s))}}function ae(e,n){if(e.kind!=="localized")return W(e,n[e.stated??e.name]);let t=r=>r===n[e.source]?"":String(r??"");return{zh:t(n[`${e.name}Zh`]),en:t(n[`${e.name}En`])}}function W(e,n){switch(e.kind){case"texts":return(n??[]).join(", ");case"amount":return ue(n);case"reference":return n?_(n):null;case"references":return(n??[]).map(_);case"choices":return n??[];case"part":return v(e.of,n??{});case"parts":return(n??[]).map(t=>v(e.of,t));default:return String(n??e.default??"")}}function _(e){if(typeof e=="string")return{slug:e,name:e};let{slug:n,name:t}=e;return{slug:n,name:t}}function oe(e,n){let t=String(n.field),r=l(e).find(i=>i.name===t),s=r?W(r,n.value):n.value;return{id:String(n.id),field:t,value:s,details:v("Evidence",n)}}function ue(e){if(e==null)return"";if(typeof e=="string")return e;let n=B(e),[,t="",r=""]=/^([\d.]+)([KMBT]?)$/.exec(n)??[],s={K:1e3,M:1e6,B:1e9,T:1e12}[r]??1;return Math.round(Number(t)*s)===Number(e)?n:String(e)}function g(e,n){return JSON.stringify(e)===JSON.stringify(n)}function J(e,n){let t={};for(let r of l(e)){let s=n[r.name];if(r.kind==="part"&&(t[r.name]=J(r.of,s)),r.kind!=="parts")continue;let i=s.filter(o=>!V(r.of,o));t[r.name]=i.map(o=>J(r.of,o))}return{...n,...t}}function Se(e,n,t){let r=l(e).filter(({name:i,required:o})=>o||!g(t[i],n[i])),s=Object.fromEntries(r.map(i=>[i.name,F(i,t[i.name])]));return f(e)&&(s.evidence=T(e,{},t).add),s}function X(e,n,t,r){let s=[],o=l(e).filter(({name:u})=>!g(t[u],n[u])).map(u=>[u.name,F(u,t[u.name],n[u.name],s)]),c={...r,...Object.fromEntries(o)};if(f(e)){let u=T(e,n,t);s.unshift(...u.remove),u.add.length+s.length>0&&(c.evidence={add:u.add,remove:s})}return c}function $e(e,n,t){return{...$(e,t),evidence:T(e,n,t)}}function Y(e,n){let t=m(e);return m(n).filter(r=>!t.some(s=>g(s,r)))}function T(e,n,t){let r=m(t);return{add:Y(n,t).map(s=>ce(e,s)),remove:m(n).flatMap(s=>s.id&&!r.some(i=>g(i,s))?[s.id]:[])}}function he(e,n,t,r){let s={};for(let i of l(e)){let{name:o}=i;if(s[o]=g(r[o],n[o])?t[o]:r[o],s[o]===t[o]||i.kind!=="parts"||!f(i.of))continue;let c=(u,D)=>u[o].find(({label:y})=>y===D.label);s[o]=r[o].map(u=>{let[D,y]=[c(n,u),c(t,u)];return y?{...u,evidence:K(D??{},y,u)}:u})}return f(e)?{...s,evidence:K(n,t,r)}:s}function K(e,n,t){let r=m(t),s=m(e).filter(o=>!r.some(c=>g(c,o)));return[...m(n).filter(o=>!s.some(c=>c.id===o.id)),...Y(e,t).map(({id:o,...c})=>c)]}function m(e){return e?.evidence??[]}function ce(e,{field:n,value:t,details:r}){let s=l(e).find(o=>o.name===n),i=r.stance!=="STATED"?null:s?le(s,t):t;return{values:{[n]:i},...$("Evidence",r)}}function le(e,n){return e.kind==="reference"?n?.slug??null:e.kind==="references"?n.map(({slug:t})=>t):F(e,n)}function F(e,n,t,r){let s=typeof n=="string"?n.trim():"";switch(e.kind){case"texts":return s.split(/[,，、]/).map(i=>i.trim()).filter(Boolean);case"amount":return s.replace(/\s/g,"").toUpperCase()||null;case"number":return s===""?null:Number(s);case"boolean":return s===""?null:s==="true";case"choices":return n;case"localized":{let{zh:i,en:o}=n;return i.trim()||o.trim()?{zh:i.trim()||null,en:o.trim()||null}:null}case"reference":{let i=n;return i&&(e.bySlug?i.slug:{slug:i.slug})}case"references":return n.map(({slug:i})=>({slug:i}));case"part":return V(e.of,n)?null:$(e.of,n);case"parts":return n.filter(i=>!V(e.of,i)).map(i=>de(e.of,i,t??[],r));default:return s||(e.required?s:null)}}function de(e,n,t,r=[]){if(!f(e))return $(e,n);let s=T(e,t.find(({label:i})=>i===n.label),n);return r.push(...s.remove),{...$(e,n),evidence:s.add}}function $(e,n){let t=l(e).map(r=>[r.name,F(r,n[r.name])]);return Object.fromEntries(t.filter(([,r])=>r!==null&&r!==""))}function V(e,n){return g(n,v(e))}function Q(e){return e==null||e===""?"–":Array.isArray(e)?e.map(Q).join("; ")||"–":typeof e!="object"?String(e):"name"in e?String(e.name):Object.values(e).filter(t=>t!==null&&t!=="").map(Q).filter(t=>t!=="–").join(" · ")||"–"}var ee={Model:{read:a(`
  query EditModel($slug: String!) {
    subject: model(slug: $slug) {
      version
      slug
      evidence(first: 100) {
        nodes {
          id
          field
          value
          ...EvidenceFacts
          source { slug name: title }
        }
      }
      ...ModelFacts
      modalities {
        ...ModalitiesFacts
      }
      summaryZh: summary(language: ZH)
      summaryEn: summary(language: EN)
      organizations { slug name }
      license { slug name commercialUse }
      architecture { slug name }
      baseModel { slug name commercialUse }
      datasets { slug name }
      dataScale {
        ...DataScaleFacts
      }
      links {
        ...LinkFacts
      }
      sizes {
        evidence(first: 100) {
          nodes {
            id
            field
            value
            ...EvidenceFacts
            source { slug name: title }
          }
        }
        ...ModelSizeFacts
        statedModalities {
          ...ModalitiesFacts
        }
        cacheLayers {
          ...CacheLayersFacts
        }
        statedLicense { slug name commercialUse }
      }
    }
  }
`,[p,E,O,U,S,z,M]),find:a(`
  query FindModel($search: String!) {
    found: models(first: 6, search: $search) { nodes { slug name } }
  }
`),create:a(`
  mutation CreateModel($input: CreateModelInput!, $reason: String) {
    done: createModel(input: $input, reason: $reason) { revision subject: model { slug version } }
  }
`),update:a(`
  mutation UpdateModel($input: UpdateModelInput!, $reason: String) {
    done: updateModel(input: $input, reason: $reason) { revision subject: model { slug version } }
  }
`),remove:a(`
  mutation DeleteModel($input: DeleteInput!, $reason: String) {
    done: deleteModel(input: $input, reason: $reason) { revision }
  }
`)},Dataset:{read:a(`
  query EditDataset($slug: String!) {
    subject: dataset(slug: $slug) {
      version
      slug
      evidence(first: 100) {
        nodes {
          id
          field
          value
          ...EvidenceFacts
          source { slug name: title }
        }
      }
      ...DatasetFacts
      license { slug name commercialUse }
      links {
        ...LinkFacts
      }
    }
  }
`,[p,L,S]),find:a(`
  query FindDataset($search: String!) {
    found: datasets(first: 6, search: $search) { nodes { slug name } }
  }
`),create:a(`
  mutation CreateDataset($input: CreateDatasetInput!, $reason: String) {
    done: createDataset(input: $input, reason: $reason) { revision subject: dataset { slug version } }
  }
`),update:a(`
  mutation UpdateDataset($input: UpdateDatasetInput!, $reason: String) {
    done: updateDataset(input: $input, reason: $reason) { revision subject: dataset { slug version } }
  }
`),remove:a(`
  mutation DeleteDataset($input: DeleteInput!, $reason: String) {
    done: deleteDataset(input: $input, reason: $reason) { revision }
  }
`)},Architecture:{read:a(`
  query EditArchitecture($slug: String!) {
    subject: architecture(slug: $slug) {
      version
      slug
      ...ArchitectureFacts
      links {
        ...LinkFacts
      }
    }
  }
`,[N,S]),find:a(`
  query FindArchitecture($search: String!) {
    found: architectures(first: 6, search: $search) { nodes { slug name } }
  }
`),create:a(`
  mutation CreateArchitecture($input: CreateArchitectureInput!, $reason: String) {
    done: createArchitecture(input: $input, reason: $reason) { revision subject: architecture { slug version } }
  }
`),update:a(`
  mutation UpdateArchitecture($input: UpdateArchitectureInput!, $reason: String) {
    done: updateArchitecture(input: $input, reason: $reason) { revision subject: architecture { slug version } }
  }
`),remove:a(`
  mutation DeleteArchitecture($input: DeleteInput!, $reason: String) {
    done: deleteArchitecture(input: $input, reason: $reason) { revision }
  }
`)},Source:{read:a(`
  query EditSource($slug: String!) {
    subject: source(slug: $slug) {
      version
      slug
      ...SourceFacts
      publisher { slug name }
      license { slug name commercialUse }
      derivedFrom { slug name: title }
      snapshots {
        ...SourceSnapshotFacts
      }
    }
  }
`,[A,R]),find:a(`
  query FindSource($search: String!) {
    found: sources(first: 6, search: $search) { nodes { slug name: title url } }
  }
`),create:a(`
  mutation CreateSource($input: CreateSourceInput!, $reason: String) {
    done: createSource(input: $input, reason: $reason) { revision subject: source { slug version } }
  }
`),update:a(`
  mutation UpdateSource($input: UpdateSourceInput!, $reason: String) {
    done: updateSource(input: $input, reason: $reason) { revision subject: source { slug version } }
  }
`),remove:a(`
  mutation DeleteSource($input: DeleteInput!, $reason: String) {
    done: deleteSource(input: $input, reason: $reason) { revision }
  }
`)},License:{read:a(`
  query EditLicense($slug: String!) {
    subject: license(slug: $slug) {
      version
      slug
      evidence(first: 100) {
        nodes {
          id
          field
          value
          ...EvidenceFacts
          source { slug name: title }
        }
      }
      ...LicenseFacts
      conditionsZh: conditions(language: ZH)
      conditionsEn: conditions(language: EN)
      terms {
        ...LicenseTermFacts
        when {
          ...TermConditionFacts
        }
        noteZh: note(language: ZH)
        noteEn: note(language: EN)
      }
      links {
        ...LinkFacts
      }
    }
  }
`,[p,q,P,Z,S]),find:a(`
  query FindLicense($search: String!) {
    found: licenses(first: 6, search: $search) { nodes { slug name } }
  }
`),create:a(`
  mutation CreateLicense($input: CreateLicenseInput!, $reason: String) {
    done: createLicense(input: $input, reason: $reason) { revision subject: license { slug version } }
  }
`),update:a(`
  mutation UpdateLicense($input: UpdateLicenseInput!, $reason: String) {
    done: updateLicense(input: $input, reason: $reason) { revision subject: license { slug version } }
  }
`),remove:a(`
  mutation DeleteLicense($input: DeleteInput!, $reason: String) {
    done: deleteLicense(input: $input, reason: $reason) { revision }
  }
`)},Organization:{read:a(`
  query EditOrganization($slug: String!) {
    subject: organization(slug: $slug) {
      version
      slug
      evidence(first: 100) {
        nodes {
          id
          field
          value
          ...EvidenceFacts
          source { slug name: title }
        }
      }
      ...OrganizationFacts
      name
      localizedNameZh: name(language: ZH)
      localizedNameEn: name(language: EN)
    }
  }
`,[p,H]),find:a(`
  query FindOrganization($search: String!) {
    found: organizations(first: 6, search: $search) { nodes { slug name } }
  }
`),create:a(`
  mutation CreateOrganization($input: CreateOrganizationInput!, $reason: String) {
    done: createOrganization(input: $input, reason: $reason) { revision subject: organization { slug version } }
  }
`),update:a(`
  mutation UpdateOrganization($input: UpdateOrganizationInput!, $reason: String) {
    done: updateOrganization(input: $input, reason: $reason) { revision subject: organization { slug version } }
  }
`),remove:a(`
  mutation DeleteOrganization($input: DeleteInput!, $reason: String) {
    done: deleteOrganization(input: $input, reason: $reason) { revision }
  }
`)}};var h=ee;async function ne(e,n){return(await d(h[e].read,{slug:n})).subject}function Ve(e){return h[e].find}async function we(e,n,t=""){return(await d(h[e].create,{input:n,reason:t.trim()||null})).done.subject}async function te(e,n,t){return(await d(h[e].update,{input:n,reason:t.trim()||null})).done.subject}async function re(e,n,t,r=""){let s={input:{slug:n,expectedVersion:t},reason:r.trim()||null};return(await d(h[e].remove,s)).done.revision}var pe=a(`
  mutation RevertRevision($input: RevertRevisionInput!, $reason: String) {
    revertRevision(input: $input, reason: $reason) { outcome revision }
  }
`);async function se(e,n=!1){await d(pe,{input:{number:e,force:n}})}var me=a(`
    query EditCheckpoints($slug: String!, $after: String) {
      model(slug: $slug) {
        version
        checkpoints(first: 100, after: $after) {
          nodes {
            id
            repository
            stated
            license { slug name }
            evidence(first: 100) { nodes { id field value ...EvidenceFacts source { slug name: title } } }
          }
          pageInfo { hasNextPage endCursor }
        }
      }
    }
  `,[p]);async function Ce(e){let n=[];for(let t=null;;){let{model:r}=await d(me,{slug:e,after:t});if(n.push(...r.checkpoints.nodes),t=r.checkpoints.pageInfo.hasNextPage?r.checkpoints.pageInfo.endCursor:null,t===null)return{version:r.version,checkpoints:n}}}var ge=a(`
  mutation UpdateCheckpoints($input: UpdateCheckpointsInput!, $reason: String) {
    updateCheckpoints(input: $input, reason: $reason) { model { slug version } }
  }
`);async function Ie(e,n){let{updateCheckpoints:t}=await d(ge,{input:e,reason:n.trim()||null});return t.model}var ie="Undo";function w(e,n){k.clear(),G(e,n&&(()=>n().then(()=>k.clear())))}function Pe(e,n,t,{slug:r,version:s}){w(b("toast.saved",{name:n}),async()=>{let i=await ne(e,r);if(i.version!==s)throw new I([{message:"",extensions:{code:"CONFLICT"}}]);let o={slug:r,expectedVersion:s};await te(e,X(e,v(e,i),t,o),ie)})}function Ze(e,n,{slug:t,version:r}){w(b("toast.created",{name:n}),async()=>{await re(e,t,r,ie),location.pathname===j(e,t)&&await x("/")})}function He(e,n,t,r){let s=async()=>{await se(r),await x(j(e,t))};w(b("toast.deleted",{name:n}),C()?s:void 0)}export{f as a,v as b,g as c,J as d,Se as e,X as f,$e as g,Y as h,he as i,m as j,V as k,Q as l,ne as m,Ve as n,we as o,te as p,re as q,se as r,Ce as s,Ie as t,w as u,Pe as v,Ze as w,He as x};
