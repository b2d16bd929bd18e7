import{a as te,g as ue}from"./chunk-QIKQVDM2.js";import"./chunk-EXVDX64S.js";import{A as ee,C as y,I as K,L as ne,M as re,N as oe,O as ie,P as ae,Q as se,R as le,S as ce,b as W,s as X,t as G,y as Z}from"./chunk-BN4L4LRY.js";function de(e){return typeof e=="object"&&e!==null}var fe="x-graphql-event-stream-token";function ge(e){if(e=e,e!=="next"&&e!=="complete")throw new Error(`Invalid stream event "${e}"`);return e}function me(e,n){if(n)try{n=JSON.parse(n)}catch{throw new Error("Invalid stream data")}if(e==="next"&&!n)throw new Error('Stream data must be an object for "next" events');return n||null}var k;(function(e){e[e.NewLine=10]="NewLine",e[e.CarriageReturn=13]="CarriageReturn",e[e.Space=32]="Space",e[e.Colon=58]="Colon"})(k||(k={}));function he(){let e,n,a,E=!1,c={event:"",data:""},L=[],C=new TextDecoder;return function($){if(e===void 0)e=$,n=0,a=-1;else{let s=new Uint8Array(e.length+$.length);s.set(e),s.set($,e.length),e=s}let x=e.length,l=0;for(;n<x;){E&&(e[n]===k.NewLine&&(l=++n),E=!1);let s=-1;for(;n<x&&s===-1;++n)switch(e[n]){case k.Colon:a===-1&&(a=n-l);break;case k.CarriageReturn:E=!0;case k.NewLine:s=n;break}if(s===-1)break;if(l===s){if(c.event||c.data){if(!c.event)throw new Error("Missing message event");let t=ge(c.event),f=me(t,c.data);L.push({event:t,data:f}),c={event:"",data:""}}}else if(a>0){let t=e.subarray(l,s),f=C.decode(t.subarray(0,a)),_=a+(t[a+1]===k.Space?2:1),g=C.decode(t.subarray(_));switch(f){case"event":c.event=g;break;case"data":c.data=c.data?c.data+`
`+g:g;break}}l=n,a=-1}if(l===x){e=void 0;let s=[...L];return L=[],s}else l!==0&&(e=e.subarray(l),n-=l)}}function pe(e){let{singleConnection:n=!1,lazy:a=!0,lazyCloseTimeout:E=0,onNonLazyError:c=console.error,generateID:L=function(){return"xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx".replace(/[xy]/g,h=>{let r=Math.random()*16|0;return(h=="x"?r:r&3|8).toString(16)})},retryAttempts:C=5,retry:U=async function(h){let r=1e3;for(let o=0;o<h;o++)r*=2;await new Promise(o=>setTimeout(o,r+Math.floor(Math.random()*2700+300)))},credentials:$="same-origin",referrer:x,referrerPolicy:l,onMessage:s,on:t}=e,f=e.fetchFn||fetch,_=e.abortControllerImpl||AbortController,g=(()=>{let i=!1,h=[];return{get disposed(){return i},onDispose(r){return i?(setTimeout(()=>r(),0),()=>{}):(h.push(r),()=>{h.splice(h.indexOf(r),1)})},dispose(){if(!i){i=!0;for(let r of[...h])r()}}}})(),u,d,D=0,m=null,b=0;async function B(){try{if(g.disposed)throw new Error("Client has been disposed");return await(d??(d=(async()=>{var i,h,r;if(m){if(await U(b),u.signal.aborted)throw new Error("Connection aborted by the client");b++}(i=t?.connecting)===null||i===void 0||i.call(t,!!m),u=new _;let o=g.onDispose(()=>u.abort());u.signal.addEventListener("abort",()=>{o(),d=void 0});let F=e,v=typeof F.url=="function"?await F.url(void 0):F.url;if(u.signal.aborted)throw new Error("Connection aborted by the client");let w=typeof F.headers=="function"?await F.headers(void 0):(h=F.headers)!==null&&h!==void 0?h:{};if(u.signal.aborted)throw new Error("Connection aborted by the client");let p;try{p=await f(v,{signal:u.signal,method:"PUT",credentials:$,referrer:x,referrerPolicy:l,headers:w})}catch(N){throw new T(N)}if(p.status!==201)throw new T(p);let M=await p.text();w[fe]=M;let I=await ve({signal:u.signal,headers:w,credentials:$,referrer:x,referrerPolicy:l,url:v,fetchFn:f,onMessage:N=>{var S;(S=t?.message)===null||S===void 0||S.call(t,N),s?.(N)}});return(r=t?.connected)===null||r===void 0||r.call(t,!!m),I.waitForThrow().catch(()=>d=void 0),I})()))}catch(i){throw d=void 0,i}}n&&!a&&(async()=>{for(D++;;)try{let{waitForThrow:i}=await B();await i()}catch(i){if(g.disposed)return;if(!(i instanceof T)||(d=void 0,!C||b>=C))return c?.(i);m=i}})();function V(i,h,r){if(!n){let v=new _,w=g.onDispose(()=>{w(),v.abort()});return(async()=>{var p,M,I,N,S;let A=null,P=0;for(;;)try{if(A){if(await U(P),v.signal.aborted)throw new Error("Connection aborted by the client");P++}(p=t?.connecting)===null||p===void 0||p.call(t,!!A),(M=r?.connecting)===null||M===void 0||M.call(r,!!A);let O=e,ye=typeof O.url=="function"?await O.url(i):O.url;if(v.signal.aborted)throw new Error("Connection aborted by the client");let we=typeof O.headers=="function"?await O.headers(i):(I=O.headers)!==null&&I!==void 0?I:{};if(v.signal.aborted)throw new Error("Connection aborted by the client");let{getResults:be}=await ve({signal:v.signal,headers:{...we,"content-type":"application/json; charset=utf-8"},credentials:$,referrer:x,referrerPolicy:l,url:ye,body:JSON.stringify(i),fetchFn:f,onMessage:j=>{var J,Y;(J=t?.message)===null||J===void 0||J.call(t,j),(Y=r?.message)===null||Y===void 0||Y.call(r,j),s?.(j)}});(N=t?.connected)===null||N===void 0||N.call(t,!!A),(S=r?.connected)===null||S===void 0||S.call(r,!!A);for await(let j of be())A=null,P=0,h.next(j);return v.abort()}catch(O){if(v.signal.aborted)return;if(!(O instanceof T)||!C||P>=C)throw O;A=O}})().then(()=>h.complete()).catch(p=>h.error(p)),()=>v.abort()}D++;let o=new _,F=g.onDispose(()=>{F(),o.abort()});return(async()=>{let v=L();i={...i,extensions:{...i.extensions,operationId:v}};let w=null;for(;;){w=null;try{let{url:p,headers:M,getResults:I}=await B(),N;try{N=await f(p,{signal:o.signal,method:"POST",credentials:$,referrer:x,referrerPolicy:l,headers:{...M,"content-type":"application/json; charset=utf-8"},body:JSON.stringify(i)})}catch(S){throw new T(S)}if(N.status!==202)throw new T(N);w=async()=>{let S;try{let A=new _,P=g.onDispose(()=>{P(),A.abort()});S=await f(p+"?operationId="+v,{signal:A.signal,method:"DELETE",credentials:$,referrer:x,referrerPolicy:l,headers:M})}catch(A){throw new T(A)}if(S.status!==200)throw new T(S)};for await(let S of I({signal:o.signal,operationId:v}))m=null,b=0,h.next(S);return w=null,o.abort()}catch(p){if(o.signal.aborted)return await w?.();if(!(p instanceof T)||(a&&(d=void 0),!C||b>=C))throw o.abort(),p;m=p}finally{o.signal.aborted&&--D===0&&(isFinite(E)&&E>0?setTimeout(()=>{D||u.abort()},E):u.abort())}}})().then(()=>h.complete()).catch(v=>h.error(v)),()=>o.abort()}return{subscribe:V,iterate(i,h){let r=[],o={done:!1,error:null,resolve:()=>{}},F=V(i,{next(w){r.push(w),o.resolve()},error(w){o.done=!0,o.error=w,o.resolve()},complete(){o.done=!0,o.resolve()}},h),v=(async function*(){for(;;){for(r.length||await new Promise(p=>o.resolve=p);r.length;)yield r.shift();if(o.error)throw o.error;if(o.done)return}})();return v.throw=async w=>(o.done||(o.done=!0,o.error=w,o.resolve()),{done:!0,value:void 0}),v.return=async()=>(F(),{done:!0,value:void 0}),v},dispose(){g.dispose()}}}var T=class extends Error{constructor(n){let a,E;xe(n)?(E=n,a="Server responded with "+n.status+": "+n.statusText):n instanceof Error?a=n.message:a=String(n),super(a),this.name=this.constructor.name,this.response=E}};function xe(e){return de(e)&&typeof e.ok=="boolean"&&typeof e.status=="number"&&typeof e.statusText=="string"}async function ve(e){let{signal:n,url:a,credentials:E,headers:c,body:L,referrer:C,referrerPolicy:U,fetchFn:$,onMessage:x}=e,l={},s={},t;try{t=await $(a,{signal:n,method:L?"POST":"GET",credentials:E,referrer:C,referrerPolicy:U,headers:{...c,accept:"text/event-stream"},body:L})}catch(g){throw new T(g)}if(!t.ok)throw new T(t);if(!t.body)throw new Error("Missing response body");let f=null,_;return(async()=>{var g;try{let u=he();for await(let d of Ee(t.body)){if(typeof d=="string")throw f=new Error(`Unexpected string chunk "${d}"`);let D;try{D=u(d)}catch(m){throw f=m}if(D)for(let m of D){try{x?.(m)}catch(B){throw f=B}let b=m.data&&"id"in m.data?m.data.id:"";switch(b in s||(s[b]=[]),m.event){case"next":b?s[b].push(m.data.payload):s[b].push(m.data);break;case"complete":s[b].push("complete");break;default:throw f=new Error(`Unexpected message event "${m.event}"`)}(g=l[b])===null||g===void 0||g.proceed()}}if(Object.keys(l).length)throw new Error("Connection closed while having active streams")}catch(u){!f&&Object.keys(l).length?f=new T(u):f=u,_?.(f)}finally{Object.values(l).forEach(({proceed:u})=>u())}})(),{url:a,headers:c,waitForThrow:()=>new Promise((g,u)=>{if(f)return u(f);_=u}),async*getResults(g){var u;let{signal:d,operationId:D=""}=g??{};try{for(;;){for(;!((u=s[D])===null||u===void 0)&&u.length;){let m=s[D].shift();if(m==="complete")return;yield m}if(f)throw f;if(d?.aborted)throw new Error("Getting results aborted by the client");await new Promise(m=>{let b=()=>{d?.removeEventListener("abort",b),delete l[D],m()};d?.addEventListener("abort",b),l[D]={proceed:b}})}}finally{delete s[D]}}}}function Ee(e){return typeof Object(e)[Symbol.asyncIterator]=="function"?(e=e,e):(async function*(){let n=e.getReader(),a;do a=await n.read(),a.value!==void 0&&(yield a.value);while(!a.done)})()}var q=y(`
  fragment Models on ModelConnection {
    totalCount
    nodes { slug name commercialUse releaseDate maxTrainingTokens sizes { label commercialUse } }
  }
`),R=y(`
  fragment Revisions on RevisionConnection {
    nodes { number createdAt actor reason action changes { field before after } }
  }
`),Ie=y(`
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
`),je={Dataset:{page:y(`
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
`,[ne,K,q,R,z]),list:y(`
  query Datasets($search: String, $after: String) {
    list: datasets(first: 100, after: $after, search: $search, orderBy: [{ field: MODEL_COUNT, direction: DESC }, { field: NAME }]) {
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
`,[re,K,q,R]),list:y(`
  query Architectures($search: String, $after: String) {
    list: architectures(first: 100, after: $after, search: $search, orderBy: [{ field: MODEL_COUNT, direction: DESC }, { field: NAME }]) {
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
`,[oe,ie,R,z,H]),list:y(`
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
`,[ae,se,le,K,q,R,z]),list:y(`
  query Licenses($search: String, $after: String) {
    list: licenses(first: 100, after: $after, search: $search, orderBy: [{ field: MODEL_COUNT, direction: DESC }, { field: NAME }]) {
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
`,[ce,q,R,z]),list:y(`
  query Organizations($search: String, $after: String, $language: Language) {
    list: organizations(first: 100, after: $after, search: $search, orderBy: [{ field: MODEL_COUNT, direction: DESC }, { field: NAME }]) {
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
`);var Se=200,Ce=2e3;function tt({after:e}){let[n,a]=X(!1);return G(()=>te({document:Q,variables:{}}),[]),G(()=>{let E=e,c=!1,L,C=()=>{},U=pe({url:ee,retryAttempts:0,on:{connected:()=>a(!0)}}),$=()=>{C=U.subscribe({query:Q,variables:{after:E}},{next:({data:l})=>{l&&(E=l.revisions.number,clearTimeout(L),L=setTimeout(()=>{ue()},Se))},error:x,complete:x})},x=()=>{c||(a(!1),setTimeout(()=>c?void 0:$(),Ce))};return $(),()=>{c=!0,clearTimeout(L),C()}},[]),Z("span",{class:n?"live on":"live",role:"status",children:W(n?"changes.live":"changes.connecting")})}export{tt as Live};
