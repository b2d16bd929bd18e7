import{a as _}from"./chunk-AHJQUZMR.js";import{b as l}from"./chunk-UBNQT4KH.js";import{a as K}from"./chunk-S7K7W5R3.js";import{f as w}from"./chunk-DBIHDJW3.js";import{a as k}from"./chunk-L2MICEIE.js";import{B as p,C as i,E,F as U,G as z,H as P,I as S,J as L,K as M,L as A,M as N,N as R,O as q,P as Z,Q as B,R as H,S as G,T as d,X as x,b as T,p as V,z as O}from"./chunk-AWHEJ7J3.js";function f(e){return l(e).some(({cited:n})=>n)}function $(e,n={}){let t=Object.fromEntries(l(e).map(s=>[s.name,me(s,n)]));if(!f(e))return t;let r=n.evidence?.nodes??[];return{...t,evidence:r.map(s=>ge(e,s))}}function me(e,n){if(e.kind!=="localized")return ee(e,n[e.stated??e.name]);let t=r=>r===n[e.source]?"":String(r??"");return{zh:t(n[`${e.name}Zh`]),en:t(n[`${e.name}En`])}}function ee(e,n){switch(e.kind){case"texts":return(n??[]).join(", ");case"amount":return fe(n);case"reference":return n?J(n):null;case"references":return(n??[]).map(J);case"choices":return n??[];case"part":return $(e.of,n??{});case"parts":return(n??[]).map(t=>$(e.of,t));default:return String(n?.label??n??e.default??"")}}function J(e){if(typeof e=="string")return{slug:e,name:e};let{slug:n,name:t}=e;return{slug:n,name:t}}function ge(e,{id:n,field:t,value:r,...s}){let[a,o]=t==="baseModel"?["bases",r&&[{model:r}]]:[String(t),r],c=l(e).find(h=>h.name===a),u=c?ee(c,o):o;return{id:String(n),field:a,value:u,details:$("Evidence",s)}}function fe(e){if(e==null)return"";if(typeof e=="string")return e;let n=K(e),[,t="",r=""]=/^([\d.]+)([KMBT]?)$/.exec(n)??[],s={K:1e3,M:1e6,B:1e9,T:1e12}[r]??1;return Math.round(Number(t)*s)===Number(e)?n:String(e)}function g(e,n){return JSON.stringify(e)===JSON.stringify(n)}function W(e,n){let t={};for(let r of l(e)){let s=n[r.name];if(r.kind==="part"&&(t[r.name]=W(r.of,s)),r.kind!=="parts")continue;let a=s.filter(o=>!C(r.of,o));t[r.name]=a.map(o=>W(r.of,o))}return{...n,...t}}function De(e,n,t){let r=l(e).filter(({name:a,required:o})=>o||!g(t[a],n[a])),s=Object.fromEntries(r.map(a=>[a.name,F(a,t[a.name])]));return f(e)&&(s.evidence=j(e,{},t).add),D(s)}function ne(e,n,t,r){let s=[],o=l(e).filter(({name:u})=>!g(t[u],n[u])).map(u=>[u.name,F(u,t[u.name],n[u.name],s)]),c={...r,...Object.fromEntries(o)};if(f(e)){let u=j(e,n,t);s.unshift(...u.remove),u.add.length+s.length>0&&(c.evidence={add:u.add,remove:s})}return D(c)}function je(e,n,t){return{...v(e,t),evidence:j(e,n,t)}}function te(e,n){let t=m(e);return m(n).filter(r=>!t.some(s=>g(s,r)))}function j(e,n,t){let r=m(t);return{add:te(n,t).map(s=>$e(e,s)),remove:m(n).flatMap(s=>s.id&&!r.some(a=>g(a,s))?[s.id]:[])}}function Fe(e,n,t,r){let s={};for(let a of l(e)){let{name:o}=a;if(s[o]=g(r[o],n[o])?t[o]:r[o],s[o]===t[o]||a.kind!=="parts"||!f(a.of))continue;let c=(u,h)=>u[o].find(({label:y})=>y===h.label);s[o]=r[o].map(u=>{let[h,y]=[c(n,u),c(t,u)];return y?{...u,evidence:Q(h??{},y,u)}:u})}return f(e)?{...s,evidence:Q(n,t,r)}:s}function Q(e,n,t){let r=m(t),s=m(e).filter(o=>!r.some(c=>g(c,o)));return[...m(n).filter(o=>!s.some(c=>c.id===o.id)),...te(e,t).map(({id:o,...c})=>c)]}function m(e){return e?.evidence??[]}function $e(e,{field:n,value:t,details:r}){let s=l(e).find(o=>o.name===n),a=r.stance!=="STATED"?null:s?he(s,t):t;return{values:{[n]:a},...v("Evidence",r)}}function he(e,n){return e.kind==="reference"?n?.slug??null:e.kind==="references"?n.map(({slug:t})=>t):F(e,n)}function F(e,n,t,r){let s=typeof n=="string"?n.trim():"";switch(e.kind){case"texts":return s.split(/[,，、]/).map(a=>a.trim()).filter(Boolean);case"amount":return s.replace(/\s/g,"").toUpperCase()||null;case"number":return s===""?null:Number(s);case"boolean":return s===""?null:s==="true";case"choices":return n;case"localized":{let{zh:a,en:o}=n;return a.trim()||o.trim()?{zh:a.trim()||null,en:o.trim()||null}:null}case"reference":{let a=n;return a&&(e.bySlug?a.slug:X(a))}case"references":return n.map(X);case"part":return C(e.of,n)?null:v(e.of,n);case"parts":return n.filter(a=>!C(e.of,a)).map(a=>Se(e.of,a,t??[],r));default:return s||(e.required?s:null)}}function X({slug:e,create:n}){return n?{create:n}:{slug:e}}function D(e,n=new Set){if(Array.isArray(e))return e.map(s=>D(s,n));if(typeof e!="object"||e===null)return e;let{slug:t}=e.create??{};if(t!==void 0&&n.has(t))return{slug:t};t!==void 0&&n.add(t);let r=Object.entries(e).map(([s,a])=>[s,D(a,n)]);return Object.fromEntries(r)}function ke(e,n){return n.normalize("NFKD").toLowerCase().replace(/[^a-z0-9]+/g,"-").replace(/^-+|-+$/g,"").slice(0,80).replace(/-$/,"")||`${e.toLowerCase()}-${Date.now().toString(36)}`}function Se(e,n,t,r=[]){if(!f(e))return v(e,n);let s=j(e,t.find(({label:a})=>a===n.label),n);return r.push(...s.remove),{...v(e,n),evidence:s.add}}function v(e,n){let t=l(e).map(r=>[r.name,F(r,n[r.name])]);return Object.fromEntries(t.filter(([,r])=>r!==null&&r!==""))}function C(e,n){return g(n,$(e))}function Y(e){return e==null||e===""?"–":Array.isArray(e)?e.map(Y).join("; ")||"–":typeof e!="object"?String(e):"name"in e?String(e.name):Object.values(e).filter(t=>t!==null&&t!=="").map(Y).filter(t=>t!=="–").join(" · ")||"–"}var re={Model:{read:i(`
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
      bases {
        ...ModelBaseFacts
        model { slug name commercialUse }
        size: sizeLabel
        of { label }
      }
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
`,[d,E,U,z,P,S,L,M]),find:i(`
  query FindModel($search: String!) {
    found: models(first: 6, search: $search) { nodes { slug name } }
  }
`),create:i(`
  mutation CreateModel($input: CreateModelInput!, $reason: String) {
    done: createModel(input: $input, reason: $reason) { revision subject: model { slug version } }
  }
`),update:i(`
  mutation UpdateModel($input: UpdateModelInput!, $reason: String) {
    done: updateModel(input: $input, reason: $reason) { revision subject: model { slug version } }
  }
`),remove:i(`
  mutation DeleteModel($input: DeleteInput!, $reason: String) {
    done: deleteModel(input: $input, reason: $reason) { revision }
  }
`)},Dataset:{read:i(`
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
`,[d,A,S]),find:i(`
  query FindDataset($search: String!) {
    found: datasets(first: 6, search: $search) { nodes { slug name } }
  }
`),create:i(`
  mutation CreateDataset($input: CreateDatasetInput!, $reason: String) {
    done: createDataset(input: $input, reason: $reason) { revision subject: dataset { slug version } }
  }
`),update:i(`
  mutation UpdateDataset($input: UpdateDatasetInput!, $reason: String) {
    done: updateDataset(input: $input, reason: $reason) { revision subject: dataset { slug version } }
  }
`),remove:i(`
  mutation DeleteDataset($input: DeleteInput!, $reason: String) {
    done: deleteDataset(input: $input, reason: $reason) { revision }
  }
`)},Architecture:{read:i(`
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
`,[N,S]),find:i(`
  query FindArchitecture($search: String!) {
    found: architectures(first: 6, search: $search) { nodes { slug name } }
  }
`),create:i(`
  mutation CreateArchitecture($input: CreateArchitectureInput!, $reason: String) {
    done: createArchitecture(input: $input, reason: $reason) { revision subject: architecture { slug version } }
  }
`),update:i(`
  mutation UpdateArchitecture($input: UpdateArchitectureInput!, $reason: String) {
    done: updateArchitecture(input: $input, reason: $reason) { revision subject: architecture { slug version } }
  }
`),remove:i(`
  mutation DeleteArchitecture($input: DeleteInput!, $reason: String) {
    done: deleteArchitecture(input: $input, reason: $reason) { revision }
  }
`)},Source:{read:i(`
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
`,[R,q]),find:i(`
  query FindSource($search: String!) {
    found: sources(first: 6, search: $search) { nodes { slug name: title url } }
  }
`),create:i(`
  mutation CreateSource($input: CreateSourceInput!, $reason: String) {
    done: createSource(input: $input, reason: $reason) { revision subject: source { slug version } }
  }
`),update:i(`
  mutation UpdateSource($input: UpdateSourceInput!, $reason: String) {
    done: updateSource(input: $input, reason: $reason) { revision subject: source { slug version } }
  }
`),remove:i(`
  mutation DeleteSource($input: DeleteInput!, $reason: String) {
    done: deleteSource(input: $input, reason: $reason) { revision }
  }
`)},License:{read:i(`
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
`,[d,Z,B,H,S]),find:i(`
  query FindLicense($search: String!) {
    found: licenses(first: 6, search: $search) { nodes { slug name } }
  }
`),create:i(`
  mutation CreateLicense($input: CreateLicenseInput!, $reason: String) {
    done: createLicense(input: $input, reason: $reason) { revision subject: license { slug version } }
  }
`),update:i(`
  mutation UpdateLicense($input: UpdateLicenseInput!, $reason: String) {
    done: updateLicense(input: $input, reason: $reason) { revision subject: license { slug version } }
  }
`),remove:i(`
  mutation DeleteLicense($input: DeleteInput!, $reason: String) {
    done: deleteLicense(input: $input, reason: $reason) { revision }
  }
`)},Organization:{read:i(`
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
`,[d,G]),find:i(`
  query FindOrganization($search: String!) {
    found: organizations(first: 6, search: $search) { nodes { slug name } }
  }
`),create:i(`
  mutation CreateOrganization($input: CreateOrganizationInput!, $reason: String) {
    done: createOrganization(input: $input, reason: $reason) { revision subject: organization { slug version } }
  }
`),update:i(`
  mutation UpdateOrganization($input: UpdateOrganizationInput!, $reason: String) {
    done: updateOrganization(input: $input, reason: $reason) { revision subject: organization { slug version } }
  }
`),remove:i(`
  mutation DeleteOrganization($input: DeleteInput!, $reason: String) {
    done: deleteOrganization(input: $input, reason: $reason) { revision }
  }
`)}};var se=i(`
  mutation ProposeChange($input: ProposeChangeInput!, $reason: String!, $contact: String) {
    proposeChange(input: $input, reason: $reason, contact: $contact) { secret proposal { id } }
  }
`),ae=i(`
  mutation WithdrawProposal($input: WithdrawProposalInput!) {
    withdrawProposal(input: $input) { proposal { status } }
  }
`),ie=i(`
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
  `,[d]);var b=re;async function oe(e,n){return(await p(b[e].read,{slug:n})).subject}function Me(e){return b[e].find}async function Ae(e,n,t=""){return(await p(b[e].create,{input:n,reason:t.trim()||null})).done.subject}async function ue(e,n,t){return(await p(b[e].update,{input:n,reason:t.trim()||null})).done.subject}async function Ne(e,n,t,r,s){return ce({[`${e}${n}`]:t},r,s)}async function Re(e,n,t){return ce({updateCheckpoints:e},n,t)}async function ce(e,n,t){let r={input:e,reason:n.trim(),contact:t.trim()||null},{secret:s,proposal:a}=(await p(se,r)).proposeChange;return async()=>{await p(ae,{input:{id:a.id,secret:s}})}}async function pe(e,n,t,r=""){let s={input:{slug:n,expectedVersion:t},reason:r.trim()||null};return(await p(b[e].remove,s)).done.revision}var ve=i(`
  mutation RevertRevision($input: RevertRevisionInput!, $reason: String) {
    revertRevision(input: $input, reason: $reason) { outcome revision }
  }
`);async function le(e,n=!1){await p(ve,{input:{number:e,force:n}})}async function qe(e){let n=[];for(let t=null;;){let{model:r}=await p(ie,{slug:e,after:t});if(n.push(...r.checkpoints.nodes),t=r.checkpoints.pageInfo.hasNextPage?r.checkpoints.pageInfo.endCursor:null,t===null)return{version:r.version,checkpoints:n}}}var be=i(`
  mutation UpdateCheckpoints($input: UpdateCheckpointsInput!, $reason: String) {
    updateCheckpoints(input: $input, reason: $reason) { model { slug version } }
  }
`);async function Ze(e,n){let{updateCheckpoints:t}=await p(be,{input:e,reason:n.trim()||null});return t.model}var de="Undo";function I(e,n){k.clear(),_(e,n&&(()=>n().then(()=>k.clear())))}function en(e,n,t,{slug:r,version:s}){I(T("toast.saved",{name:n}),async()=>{let a=await oe(e,r);if(a.version!==s)throw new O([{message:"",extensions:{code:"CONFLICT"}}]);let o={slug:r,expectedVersion:s};await ue(e,ne(e,$(e,a),t,o),de)})}function nn(e,n,{slug:t,version:r}){I(T("toast.created",{name:n}),async()=>{await pe(e,t,r,de),location.pathname===x(e,t)&&await w("/")})}function tn(e,n,t,r){let s=async()=>{await le(r),await w(x(e,t))};I(T("toast.deleted",{name:n}),V()?s:void 0)}export{f as a,$ as b,g as c,W as d,De as e,ne as f,je as g,te as h,Fe as i,m as j,ke as k,C as l,Y as m,oe as n,Me as o,Ae as p,ue as q,Ne as r,Re as s,pe as t,le as u,qe as v,Ze as w,I as x,en as y,nn as z,tn as A};
