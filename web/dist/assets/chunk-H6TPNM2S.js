import{a as J}from"./chunk-PWLTWJFO.js";import{g as K}from"./chunk-VM7RCQJQ.js";import{b as l}from"./chunk-56GJPCBP.js";import{a as _}from"./chunk-LRFABVIM.js";import{f as w}from"./chunk-QIKQVDM2.js";import{a as k}from"./chunk-EXVDX64S.js";import{B as p,C as a,E,F as U,G as z,H as P,I as S,J as L,K as M,L as A,M as N,N as R,O as q,P as Z,Q as B,R as H,S as G,T as d,X as x,b as T,p as V,z as O}from"./chunk-BN4L4LRY.js";function f(e){return l(e).some(({cited:n})=>n)}function $(e,n={}){let t=Object.fromEntries(l(e).map(s=>[s.name,ge(s,n)]));if(!f(e))return t;let r=n.evidence?.nodes??[];return{...t,evidence:r.map(s=>fe(e,s))}}function ge(e,n){if(e.kind!=="localized")return ne(e,n[e.stated??e.name]);let t=r=>r===n[e.source]?"":String(r??"");return{zh:t(n[`${e.name}Zh`]),en:t(n[`${e.name}En`])}}function ne(e,n){switch(e.kind){case"texts":return(n??[]).join(", ");case"amount":return $e(n);case"reference":return n?W(n):null;case"references":return(n??[]).map(W);case"choices":return n??[];case"part":return $(e.of,n??{});case"parts":return(n??[]).map(t=>$(e.of,t));default:return String(n?.label??n??e.default??"")}}function W(e){if(typeof e=="string")return{slug:e,name:e};let{slug:n,name:t}=e;return{slug:n,name:t}}function fe(e,{id:n,field:t,value:r,...s}){let i=K(String(t)),o=t==="baseModel"?r&&[{model:r}]:r,c=l(e).find(h=>h.name===i),u=c?ne(c,o):o;return{id:String(n),field:i,value:u,details:$("Evidence",s)}}function $e(e){if(e==null)return"";if(typeof e=="string")return e;let n=_(e),[,t="",r=""]=/^([\d.]+)([KMBT]?)$/.exec(n)??[],s={K:1e3,M:1e6,B:1e9,T:1e12}[r]??1;return Math.round(Number(t)*s)===Number(e)?n:String(e)}function g(e,n){return JSON.stringify(e)===JSON.stringify(n)}function Q(e,n){let t={};for(let r of l(e)){let s=n[r.name];if(r.kind==="part"&&(t[r.name]=Q(r.of,s)),r.kind!=="parts")continue;let i=s.filter(o=>!C(r.of,o));t[r.name]=i.map(o=>Q(r.of,o))}return{...n,...t}}function je(e,n,t){let r=l(e).filter(({name:i,required:o})=>o||!g(t[i],n[i])),s=Object.fromEntries(r.map(i=>[i.name,j(i,t[i.name])]));return f(e)&&(s.evidence=F(e,{},t).add),D(s)}function te(e,n,t,r){let s=[],o=l(e).filter(({name:u})=>!g(t[u],n[u])).map(u=>[u.name,j(u,t[u.name],n[u.name],s)]),c={...r,...Object.fromEntries(o)};if(f(e)){let u=F(e,n,t);s.unshift(...u.remove),u.add.length+s.length>0&&(c.evidence={add:u.add,remove:s})}return D(c)}function ke(e,n,t){return{...v(e,t),evidence:F(e,n,t)}}function re(e,n){let t=m(e);return m(n).filter(r=>!t.some(s=>g(s,r)))}function F(e,n,t){let r=m(t);return{add:re(n,t).map(s=>he(e,s)),remove:m(n).flatMap(s=>s.id&&!r.some(i=>g(i,s))?[s.id]:[])}}function xe(e,n,t,r){let s={};for(let i of l(e)){let{name:o}=i;if(s[o]=g(r[o],n[o])?t[o]:r[o],s[o]===t[o]||i.kind!=="parts"||!f(i.of))continue;let c=(u,h)=>u[o].find(({label:b})=>b===h.label);s[o]=r[o].map(u=>{let[h,b]=[c(n,u),c(t,u)];return b?{...u,evidence:X(h??{},b,u)}:u})}return f(e)?{...s,evidence:X(n,t,r)}:s}function X(e,n,t){let r=m(t),s=m(e).filter(o=>!r.some(c=>g(c,o)));return[...m(n).filter(o=>!s.some(c=>c.id===o.id)),...re(e,t).map(({id:o,...c})=>c)]}function m(e){return e?.evidence??[]}function he(e,{field:n,value:t,details:r}){let s=l(e).find(o=>o.name===n),i=r.stance!=="STATED"?null:s?Se(s,t):t;return{values:{[n]:i},...v("Evidence",r)}}function Se(e,n){return e.kind==="reference"?n?.slug??null:e.kind==="references"?n.map(({slug:t})=>t):j(e,n)}function j(e,n,t,r){let s=typeof n=="string"?n.trim():"";switch(e.kind){case"texts":return s.split(/[,，、]/).map(i=>i.trim()).filter(Boolean);case"amount":return s.replace(/\s/g,"").toUpperCase()||null;case"number":return s===""?null:Number(s);case"boolean":return s===""?null:s==="true";case"choices":return n;case"localized":{let{zh:i,en:o}=n;return i.trim()||o.trim()?{zh:i.trim()||null,en:o.trim()||null}:null}case"reference":{let i=n;return i&&(e.bySlug?i.slug:Y(i))}case"references":return n.map(Y);case"part":return C(e.of,n)?null:v(e.of,n);case"parts":return n.filter(i=>!C(e.of,i)).map(i=>ve(e.of,i,t??[],r));default:return s||(e.required?s:null)}}function Y({slug:e,create:n}){return n?{create:n}:{slug:e}}function D(e,n=new Set){if(Array.isArray(e))return e.map(s=>D(s,n));if(typeof e!="object"||e===null)return e;let{slug:t}=e.create??{};if(t!==void 0&&n.has(t))return{slug:t};t!==void 0&&n.add(t);let r=Object.entries(e).map(([s,i])=>[s,D(i,n)]);return Object.fromEntries(r)}function we(e,n){return n.normalize("NFKD").toLowerCase().replace(/[^a-z0-9]+/g,"-").replace(/^-+|-+$/g,"").slice(0,80).replace(/-$/,"")||`${e.toLowerCase()}-${Date.now().toString(36)}`}function ve(e,n,t,r=[]){if(!f(e))return v(e,n);let s=F(e,t.find(({label:i})=>i===n.label),n);return r.push(...s.remove),{...v(e,n),evidence:s.add}}function v(e,n){let t=l(e).map(r=>[r.name,j(r,n[r.name])]);return Object.fromEntries(t.filter(([,r])=>r!==null&&r!==""))}function C(e,n){return g(n,$(e))}function ee(e){return e==null||e===""?"–":Array.isArray(e)?e.map(ee).join("; ")||"–":typeof e!="object"?String(e):"name"in e?String(e.name):Object.values(e).filter(t=>t!==null&&t!=="").map(ee).filter(t=>t!=="–").join(" · ")||"–"}var se={Model:{read:a(`
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
`,[d,E,U,z,P,S,L,M]),find:a(`
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
`,[d,A,S]),find:a(`
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
`,[R,q]),find:a(`
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
`,[d,Z,B,H,S]),find:a(`
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
`,[d,G]),find:a(`
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
`)}};var ie=a(`
  mutation ProposeChange($input: ProposeChangeInput!, $reason: String!, $contact: String) {
    proposeChange(input: $input, reason: $reason, contact: $contact) { secret proposal { id } }
  }
`),ae=a(`
  mutation WithdrawProposal($input: WithdrawProposalInput!) {
    withdrawProposal(input: $input) { proposal { status } }
  }
`),oe=a(`
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
  `,[d]);var y=se;async function ue(e,n){return(await p(y[e].read,{slug:n})).subject}function Ne(e){return y[e].find}async function Re(e,n,t=""){return(await p(y[e].create,{input:n,reason:t.trim()||null})).done.subject}async function ce(e,n,t){return(await p(y[e].update,{input:n,reason:t.trim()||null})).done.subject}async function qe(e,n,t,r,s){return pe({[`${e}${n}`]:t},r,s)}async function Ze(e,n,t){return pe({updateCheckpoints:e},n,t)}async function pe(e,n,t){let r={input:e,reason:n.trim(),contact:t.trim()||null},{secret:s,proposal:i}=(await p(ie,r)).proposeChange;return async()=>{await p(ae,{input:{id:i.id,secret:s}})}}async function le(e,n,t,r=""){let s={input:{slug:n,expectedVersion:t},reason:r.trim()||null};return(await p(y[e].remove,s)).done.revision}var ye=a(`
  mutation RevertRevision($input: RevertRevisionInput!, $reason: String) {
    revertRevision(input: $input, reason: $reason) { outcome revision }
  }
`);async function de(e,n=!1){await p(ye,{input:{number:e,force:n}})}async function Be(e){let n=[];for(let t=null;;){let{model:r}=await p(oe,{slug:e,after:t});if(n.push(...r.checkpoints.nodes),t=r.checkpoints.pageInfo.hasNextPage?r.checkpoints.pageInfo.endCursor:null,t===null)return{version:r.version,checkpoints:n}}}var be=a(`
  mutation UpdateCheckpoints($input: UpdateCheckpointsInput!, $reason: String) {
    updateCheckpoints(input: $input, reason: $reason) { model { slug version } }
  }
`);async function He(e,n){let{updateCheckpoints:t}=await p(be,{input:e,reason:n.trim()||null});return t.model}var me="Undo";function I(e,n){k.clear(),J(e,n&&(()=>n().then(()=>k.clear())))}function tn(e,n,t,{slug:r,version:s}){I(T("toast.saved",{name:n}),async()=>{let i=await ue(e,r);if(i.version!==s)throw new O([{message:"",extensions:{code:"CONFLICT"}}]);let o={slug:r,expectedVersion:s};await ce(e,te(e,$(e,i),t,o),me)})}function rn(e,n,{slug:t,version:r}){I(T("toast.created",{name:n}),async()=>{await le(e,t,r,me),location.pathname===x(e,t)&&await w("/")})}function sn(e,n,t,r){let s=async()=>{await de(r),await w(x(e,t))};I(T("toast.deleted",{name:n}),V()?s:void 0)}export{f as a,$ as b,g as c,Q as d,je as e,te as f,ke as g,re as h,xe as i,m as j,we as k,C as l,ee as m,ue as n,Ne as o,Re as p,ce as q,qe as r,Ze as s,le as t,de as u,Be as v,He as w,I as x,tn as y,rn as z,sn as A};
