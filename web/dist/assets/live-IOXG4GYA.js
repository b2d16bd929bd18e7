import{a as te,g as ue}from"./chunk-MWT2QJME.js";import"./chunk-66G6S3U4.js";import{A as ee,C as y,H as K,K as ne,L as re,M as oe,N as ie,O as ae,P as se,Q as le,R as ce,b as W,s as X,t as G,y as Z}from"./chunk-ZYYCHFRW.js";function de(e){return typeof e=="object"&&e!==null}var fe="x-graphql-event-stream-token";function ge(e){if(e=e,e!=="next"&&e!=="complete")throw new Error(`Invalid stream event "${e}"`);return e}function me(e,n){if(n)try{n=JSON.parse(n)}catch{throw new Error("Invalid stream data")}if(e==="next"&&!n)throw new Error('Stream data must be an object for "next" events');return n||null}var P;(function(e){e[e.NewLine=10]="NewLine",e[e.CarriageReturn=13]="CarriageReturn",e[e.Space=32]="Space",e[e.Colon=58]="Colon"})(P||(P={}));function he(){let e,n,a,E=!1,c={event:"",data:""},L=[],$=new TextDecoder;return function(C){if(e===void 0)e=C,n=0,a=-1;else{let s=new Uint8Array(e.length+C.length);s.set(e),s.set(C,e.length),e=s}let x=e.length,l=0;for(;n<x;){E&&(e[n]===P.NewLine&&(l=++n),E=!1);let s=-1;for(;n<x&&s===-1;++n)switch(e[n]){case P.Colon:a===-1&&(a=n-l);break;case P.CarriageReturn:E=!0;case P.NewLine:s=n;break}if(s===-1)break;if(l===s){if(c.event||c.data){if(!c.event)throw new Error("Missing message event");let t=ge(c.event),f=me(t,c.data);L.push({event:t,data:f}),c={event:"",data:""}}}else if(a>0){let t=e.subarray(l,s),f=$.decode(t.subarray(0,a)),_=a+(t[a+1]===P.Space?2:1),g=$.decode(t.subarray(_));switch(f){case"event":c.event=g;break;case"data":c.data=c.data?c.data+`
`+g:g;break}}l=n,a=-1}if(l===x){e=void 0;let s=[...L];return L=[],s}else l!==0&&(e=e.subarray(l),n-=l)}}function pe(e){let{singleConnection:n=!1,lazy:a=!0,lazyCloseTimeout:E=0,onNonLazyError:c=console.error,generateID:L=function(){return"xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx".replace(/[xy]/g,h=>{let r=Math.random()*16|0;return(h=="x"?r:r&3|8).toString(16)})},retryAttempts:$=5,retry:k=async function(h){let r=1e3;for(let o=0;o<h;o++)r*=2;await new Promise(o=>setTimeout(o,r+Math.floor(Math.random()*2700+300)))},credentials:C="same-origin",referrer:x,referrerPolicy:l,onMessage:s,on:t}=e,f=e.fetchFn||fetch,_=e.abortControllerImpl||AbortController,g=(()=>{let i=!1,h=[];return{get disposed(){return i},onDispose(r){return i?(setTimeout(()=>r(),0),()=>{}):(h.push(r),()=>{h.splice(h.indexOf(r),1)})},dispose(){if(!i){i=!0;for(let r of[...h])r()}}}})(),u,d,T=0,m=null,b=0;async function B(){try{if(g.disposed)throw new Error("Client has been disposed");return await(d??(d=(async()=>{var i,h,r;if(m){if(await k(b),u.signal.aborted)throw new Error("Connection aborted by the client");b++}(i=t?.connecting)===null||i===void 0||i.call(t,!!m),u=new _;let o=g.onDispose(()=>u.abort());u.signal.addEventListener("abort",()=>{o(),d=void 0});let O=e,v=typeof O.url=="function"?await O.url(void 0):O.url;if(u.signal.aborted)throw new Error("Connection aborted by the client");let w=typeof O.headers=="function"?await O.headers(void 0):(h=O.headers)!==null&&h!==void 0?h:{};if(u.signal.aborted)throw new Error("Connection aborted by the client");let p;try{p=await f(v,{signal:u.signal,method:"PUT",credentials:C,referrer:x,referrerPolicy:l,headers:w})}catch(A){throw new D(A)}if(p.status!==201)throw new D(p);let I=await p.text();w[fe]=I;let M=await ve({signal:u.signal,headers:w,credentials:C,referrer:x,referrerPolicy:l,url:v,fetchFn:f,onMessage:A=>{var S;(S=t?.message)===null||S===void 0||S.call(t,A),s?.(A)}});return(r=t?.connected)===null||r===void 0||r.call(t,!!m),M.waitForThrow().catch(()=>d=void 0),M})()))}catch(i){throw d=void 0,i}}n&&!a&&(async()=>{for(T++;;)try{let{waitForThrow:i}=await B();await i()}catch(i){if(g.disposed)return;if(!(i instanceof D)||(d=void 0,!$||b>=$))return c?.(i);m=i}})();function V(i,h,r){if(!n){let v=new _,w=g.onDispose(()=>{w(),v.abort()});return(async()=>{var p,I,M,A,S;let N=null,R=0;for(;;)try{if(N){if(await k(R),v.signal.aborted)throw new Error("Connection aborted by the client");R++}(p=t?.connecting)===null||p===void 0||p.call(t,!!N),(I=r?.connecting)===null||I===void 0||I.call(r,!!N);let F=e,ye=typeof F.url=="function"?await F.url(i):F.url;if(v.signal.aborted)throw new Error("Connection aborted by the client");let we=typeof F.headers=="function"?await F.headers(i):(M=F.headers)!==null&&M!==void 0?M:{};if(v.signal.aborted)throw new Error("Connection aborted by the client");let{getResults:be}=await ve({signal:v.signal,headers:{...we,"content-type":"application/json; charset=utf-8"},credentials:C,referrer:x,referrerPolicy:l,url:ye,body:JSON.stringify(i),fetchFn:f,onMessage:U=>{var J,Y;(J=t?.message)===null||J===void 0||J.call(t,U),(Y=r?.message)===null||Y===void 0||Y.call(r,U),s?.(U)}});(A=t?.connected)===null||A===void 0||A.call(t,!!N),(S=r?.connected)===null||S===void 0||S.call(r,!!N);for await(let U of be())N=null,R=0,h.next(U);return v.abort()}catch(F){if(v.signal.aborted)return;if(!(F instanceof D)||!$||R>=$)throw F;N=F}})().then(()=>h.complete()).catch(p=>h.error(p)),()=>v.abort()}T++;let o=new _,O=g.onDispose(()=>{O(),o.abort()});return(async()=>{let v=L();i={...i,extensions:{...i.extensions,operationId:v}};let w=null;for(;;){w=null;try{let{url:p,headers:I,getResults:M}=await B(),A;try{A=await f(p,{signal:o.signal,method:"POST",credentials:C,referrer:x,referrerPolicy:l,headers:{...I,"content-type":"application/json; charset=utf-8"},body:JSON.stringify(i)})}catch(S){throw new D(S)}if(A.status!==202)throw new D(A);w=async()=>{let S;try{let N=new _,R=g.onDispose(()=>{R(),N.abort()});S=await f(p+"?operationId="+v,{signal:N.signal,method:"DELETE",credentials:C,referrer:x,referrerPolicy:l,headers:I})}catch(N){throw new D(N)}if(S.status!==200)throw new D(S)};for await(let S of M({signal:o.signal,operationId:v}))m=null,b=0,h.next(S);return w=null,o.abort()}catch(p){if(o.signal.aborted)return await w?.();if(!(p instanceof D)||(a&&(d=void 0),!$||b>=$))throw o.abort(),p;m=p}finally{o.signal.aborted&&--T===0&&(isFinite(E)&&E>0?setTimeout(()=>{T||u.abort()},E):u.abort())}}})().then(()=>h.complete()).catch(v=>h.error(v)),()=>o.abort()}return{subscribe:V,iterate(i,h){let r=[],o={done:!1,error:null,resolve:()=>{}},O=V(i,{next(w){r.push(w),o.resolve()},error(w){o.done=!0,o.error=w,o.resolve()},complete(){o.done=!0,o.resolve()}},h),v=(async function*(){for(;;){for(r.length||await new Promise(p=>o.resolve=p);r.length;)yield r.shift();if(o.error)throw o.error;if(o.done)return}})();return v.throw=async w=>(o.done||(o.done=!0,o.error=w,o.resolve()),{done:!0,value:void 0}),v.return=async()=>(O(),{done:!0,value:void 0}),v},dispose(){g.dispose()}}}var D=class extends Error{constructor(n){let a,E;xe(n)?(E=n,a="Server responded with "+n.status+": "+n.statusText):n instanceof Error?a=n.message:a=String(n),super(a),this.name=this.constructor.name,this.response=E}};function xe(e){return de(e)&&typeof e.ok=="boolean"&&typeof e.status=="number"&&typeof e.statusText=="string"}async function ve(e){let{signal:n,url:a,credentials:E,headers:c,body:L,referrer:$,referrerPolicy:k,fetchFn:C,onMessage:x}=e,l={},s={},t;try{t=await C(a,{signal:n,method:L?"POST":"GET",credentials:E,referrer:$,referrerPolicy:k,headers:{...c,accept:"text/event-stream"},body:L})}catch(g){throw new D(g)}if(!t.ok)throw new D(t);if(!t.body)throw new Error("Missing response body");let f=null,_;return(async()=>{var g;try{let u=he();for await(let d of Ee(t.body)){if(typeof d=="string")throw f=new Error(`Unexpected string chunk "${d}"`);let T;try{T=u(d)}catch(m){throw f=m}if(T)for(let m of T){try{x?.(m)}catch(B){throw f=B}let b=m.data&&"id"in m.data?m.data.id:"";switch(b in s||(s[b]=[]),m.event){case"next":b?s[b].push(m.data.payload):s[b].push(m.data);break;case"complete":s[b].push("complete");break;default:throw f=new Error(`Unexpected message event "${m.event}"`)}(g=l[b])===null||g===void 0||g.proceed()}}if(Object.keys(l).length)throw new Error("Connection closed while having active streams")}catch(u){!f&&Object.keys(l).length?f=new D(u):f=u,_?.(f)}finally{Object.values(l).forEach(({proceed:u})=>u())}})(),{url:a,headers:c,waitForThrow:()=>new Promise((g,u)=>{if(f)return u(f);_=u}),async*getResults(g){var u;let{signal:d,operationId:T=""}=g??{};try{for(;;){for(;!((u=s[T])===null||u===void 0)&&u.length;){let m=s[T].shift();if(m==="complete")return;yield m}if(f)throw f;if(d?.aborted)throw new Error("Getting results aborted by the client");await new Promise(m=>{let b=()=>{d?.removeEventListener("abort",b),delete l[T],m()};d?.addEventListener("abort",b),l[T]={proceed:b}})}}finally{delete s[T]}}}}function Ee(e){return typeof Object(e)[Symbol.asyncIterator]=="function"?(e=e,e):(async function*(){let n=e.getReader(),a;do a=await n.read(),a.value!==void 0&&(yield a.value);while(!a.done)})()}var q=y(`
  fragment Models on ModelConnection {
    totalCount
    nodes { slug name commercialUse releaseDate maxTrainingTokens sizes { label commercialUse } }
  }
`),j=y(`
  fragment Revisions on RevisionConnection {
    nodes { number createdAt actor reason action changes { field before after } }
  }
`),Me=y(`
  fragment LicenseTerms on License {
    conditions(language: $language)
    termsReviewed
    url
    terms {
      effect
      quote
      note(language: $language)
      when {
        commercial
        monthlyUsersOver
        dailyUsersOver
        revenueUsdOver
        revenuePeriod
        countedOn
        territories
        territoryBasis
        hosting
        trainsOnOutputs
        modality
      }
    }
  }
`),z=y(`
  fragment EvidenceDetails on Evidence {
    field
    value
    stance
    agrees
    rank
    reason
    qualifier
    source { slug title publishedAt }
    locator
    url
    quote
    accessed
    confidence
  }
`);var H=y(`
  fragment SubjectName on Node {
    __typename
    ... on Model { slug name }
    ... on Dataset { slug name }
    ... on Architecture { slug name }
    ... on Source { slug name: title }
    ... on License { slug name }
    ... on Organization { slug name(language: $language) }
  }
`),Ue={Dataset:{page:y(`
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
      models(first: 100, orderBy: [{ field: RELEASE_DATE, direction: DESC }]) { ...Models }
      evidence(first: 100) {
        totalCount
        nodes { ...EvidenceDetails }
      }
      revisions(last: 20) { ...Revisions }
    }
  }
`,[ne,K,q,j,z]),list:y(`
  query Datasets($search: String, $after: String) {
    list: datasets(first: 100, after: $after, search: $search, orderBy: [{ field: NAME }]) {
      totalCount
      nodes { slug name models(first: 1) { totalCount } }
      pageInfo { hasNextPage endCursor }
    }
  }
`)},Architecture:{page:y(`
  query Architecture($slug: String!) {
    architecture(slug: $slug) {
      slug
      ...ArchitectureFacts
      links {
        ...LinkFacts
      }
      version
      updatedAt
      models(first: 100, orderBy: [{ field: RELEASE_DATE, direction: DESC }]) { ...Models }
      revisions(last: 20) { ...Revisions }
    }
  }
`,[re,K,q,j]),list:y(`
  query Architectures($search: String, $after: String) {
    list: architectures(first: 100, after: $after, search: $search, orderBy: [{ field: NAME }]) {
      totalCount
      nodes { slug name models(first: 1) { totalCount } }
      pageInfo { hasNextPage endCursor }
    }
  }
`)},Source:{page:y(`
  query Source($slug: String!, $language: Language) {
    source(slug: $slug) {
      slug
      name: title
      ...SourceFacts
      publisher { slug name(language: $language) }
      license { slug name commercialUse }
      derivedFrom { slug name: title }
      snapshots {
        ...SourceSnapshotFacts
      }
      version
      updatedAt
      evidence(first: 100) {
        totalCount
        nodes { about { __typename ...SubjectName ... on ModelSize { label model { slug name } } ... on Checkpoint { repository model { slug name } } } ...EvidenceDetails }
      }
      revisions(last: 20) { ...Revisions }
    }
  }
`,[oe,ie,j,z,H]),list:y(`
  query Sources($search: String, $after: String) {
    list: sources(first: 100, after: $after, search: $search, orderBy: [{ field: TITLE }]) {
      totalCount
      nodes { slug name: title }
      pageInfo { hasNextPage endCursor }
    }
  }
`)},License:{page:y(`
  query License($slug: String!, $language: Language) {
    license(slug: $slug) {
      slug
      ...LicenseFacts
      conditions(language: $language)
      terms {
        ...LicenseTermFacts
        when {
          ...TermConditionFacts
        }
        note(language: $language)
      }
      links {
        ...LinkFacts
      }
      version
      updatedAt
      models(first: 100, orderBy: [{ field: RELEASE_DATE, direction: DESC }]) { ...Models }
      sizes(first: 100) { totalCount nodes { label commercialUse model { slug name } } }
      evidence(first: 100) {
        totalCount
        nodes { ...EvidenceDetails }
      }
      revisions(last: 20) { ...Revisions }
    }
  }
`,[ae,se,le,K,q,j,z]),list:y(`
  query Licenses($search: String, $after: String) {
    list: licenses(first: 100, after: $after, search: $search, orderBy: [{ field: NAME }]) {
      totalCount
      nodes { slug name commercialUse models(first: 1) { totalCount } }
      pageInfo { hasNextPage endCursor }
    }
  }
`)},Organization:{page:y(`
  query Organization($slug: String!, $language: Language) {
    organization(slug: $slug) {
      slug
      ...OrganizationFacts
      name(language: $language)
      version
      updatedAt
      models(first: 100, orderBy: [{ field: RELEASE_DATE, direction: DESC }]) { ...Models }
      evidence(first: 100) {
        totalCount
        nodes { ...EvidenceDetails }
      }
      revisions(last: 20) { ...Revisions }
    }
  }
`,[ce,q,j,z]),list:y(`
  query Organizations($search: String, $after: String, $language: Language) {
    list: organizations(first: 100, after: $after, search: $search, orderBy: [{ field: NAME }]) {
      totalCount
      nodes { slug name(language: $language) models(first: 1) { totalCount } }
      pageInfo { hasNextPage endCursor }
    }
  }
`)}};var Ke=y(`
    query Revisions($where: RevisionFilter, $before: String, $language: Language) {
      catalog { revision }
      revisions(last: 30, before: $before, where: $where) {
        nodes {
          number
          createdAt
          actor
          proposer
          reason
          action
          subjectType
          subjectSlug
          subject { ...SubjectName }
          changes { field before after }
        }
        pageInfo { hasPreviousPage startCursor }
      }
    }
  `,[H]),Q=y(`
  subscription Live($after: Int) {
    revisions(after: $after) { number }
  }
`);var Se=200,$e=2e3;function tt({after:e}){let[n,a]=X(!1);return G(()=>te({document:Q,variables:{}}),[]),G(()=>{let E=e,c=!1,L,$=()=>{},k=pe({url:ee,retryAttempts:0,on:{connected:()=>a(!0)}}),C=()=>{$=k.subscribe({query:Q,variables:{after:E}},{next:({data:l})=>{l&&(E=l.revisions.number,clearTimeout(L),L=setTimeout(()=>{ue()},Se))},error:x,complete:x})},x=()=>{c||(a(!1),setTimeout(()=>c?void 0:C(),$e))};return C(),()=>{c=!0,clearTimeout(L),$()}},[]),Z("span",{class:n?"live on":"live",role:"status",children:W(n?"changes.live":"changes.connecting")})}export{tt as Live};
